package io.packetwalk.cli.question;

import io.packetwalk.cli.question.ProbeOptions.Protocol;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.walk.Probe;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides what the packet carries: what the options say; else what the Service's port is for; else
 * TCP to a port and a ping where no port is named.
 */
final class ProbeChoice {
  /** Out of Linux's usual range for ports that a program doesn't choose. */
  private static final int USUAL_SOURCE_PORT = 40000;

  /** What {@code ping} sends. */
  private static final int PING_SIZE = 56;

  private static final int ECHO_REQUEST = 8;
  private static final int ECHO_REQUEST_V6 = 128;

  private final Finder finder;

  ProbeChoice(Finder finder) {
    this.finder = finder;
  }

  Probe of(Endpoint receiver, IpFamily family, ProbeOptions options) throws QuestionFault {
    if (receiver instanceof Endpoint.Service service
        && options.protocol().filter(Protocol.ICMP::equals).isEmpty()) {
      return toService(service, options);
    }
    Optional<String> port = port(receiver, options);
    Protocol protocol = options.protocol().orElse(port.isPresent() ? Protocol.TCP : Protocol.ICMP);
    if (protocol == Protocol.ICMP) {
      return ping(port, family, options);
    }
    if (port.isEmpty()) {
      throw new QuestionFault("%s to which port? write TO:PORT".formatted(lower(protocol)));
    }
    return toPort(protocol, number(port.get()), options);
  }

  /** The port by TO, or by the option. */
  private static Optional<String> port(Endpoint receiver, ProbeOptions options)
      throws QuestionFault {
    Optional<String> option =
        options.destinationPort().isPresent()
            ? Optional.of(Integer.toString(options.destinationPort().getAsInt()))
            : Optional.empty();
    Optional<String> named = receiver.port();
    if (named.isPresent() && option.isPresent() && !named.equals(option)) {
      throw new QuestionFault("to port %s or to port %s?".formatted(named.get(), option.get()));
    }
    return named.or(() -> option);
  }

  private Probe toService(Endpoint.Service endpoint, ProbeOptions options) throws QuestionFault {
    Service service = finder.service(endpoint);
    Optional<String> asked = port(endpoint, options);
    List<Service.Port> ports =
        service.ports().stream()
            .filter(port -> asked.map(wanted -> isNamed(port, wanted)).orElse(true))
            .filter(port -> options.protocol().map(wanted -> serves(port, wanted)).orElse(true))
            .toList();
    Optional<Service.Port> chosen = onlyOne(ports);
    if (chosen.isPresent()) {
      return toPort(protocol(chosen.get()), chosen.get().number(), options);
    }
    if (ports.isEmpty() && asked.filter(ProbeChoice::isNumber).isPresent()) {
      return toPort(options.protocol().orElse(Protocol.TCP), number(asked.get()), options);
    }
    throw new QuestionFault(
        "service %s has the ports %s; name one of them: svc/%s:PORT, with --proto where two share it"
            .formatted(
                endpoint.name(),
                String.join(", ", service.ports().stream().map(ProbeChoice::text).toList()),
                endpoint.name()));
  }

  /** The only port, or the only one for TCP, as everywhere where no protocol is said. */
  private static Optional<Service.Port> onlyOne(List<Service.Port> ports) {
    List<Service.Port> candidates =
        ports.size() == 1
            ? ports
            : ports.stream().filter(port -> serves(port, Protocol.TCP)).toList();
    return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
  }

  private static Probe ping(Optional<String> port, IpFamily family, ProbeOptions options)
      throws QuestionFault {
    if (port.isPresent()) {
      throw new QuestionFault("icmp has no ports: leave out :" + port.get());
    }
    int request =
        switch (family) {
          case IPV4 -> ECHO_REQUEST;
          case IPV6 -> ECHO_REQUEST_V6;
        };
    return new Probe.IcmpMessage(
        options.icmpType().orElse(request),
        0,
        options.sourcePort().orElse(1),
        1,
        options.size().orElse(PING_SIZE));
  }

  private static Probe toPort(Protocol protocol, int port, ProbeOptions options)
      throws QuestionFault {
    if (options.icmpType().isPresent()) {
      throw new QuestionFault("--icmp-type goes with --proto icmp only");
    }
    int source = options.sourcePort().orElse(USUAL_SOURCE_PORT);
    int size = options.size().orElse(0);
    return switch (protocol) {
      case TCP -> new Probe.TcpSyn(source, port, size);
      case UDP -> new Probe.UdpDatagram(source, port, size);
      case SCTP -> new Probe.SctpInit(source, port, size);
      case ICMP -> throw new IllegalArgumentException("icmp has no ports");
    };
  }

  private static boolean isNamed(Service.Port port, String wanted) {
    return Integer.toString(port.number()).equals(wanted)
        || port.name().filter(wanted::equals).isPresent();
  }

  private static boolean serves(Service.Port port, Protocol protocol) {
    return port.protocol().equalsIgnoreCase(protocol.name());
  }

  private static Protocol protocol(Service.Port port) {
    return switch (port.protocol().toUpperCase(Locale.ROOT)) {
      case "UDP" -> Protocol.UDP;
      case "SCTP" -> Protocol.SCTP;
      default -> Protocol.TCP;
    };
  }

  private static String text(Service.Port port) {
    return port.number()
        + "/"
        + port.protocol()
        + port.name().map(name -> " (" + name + ")").orElse("");
  }

  private static int number(String port) throws QuestionFault {
    OptionalInt number =
        isNumber(port) ? OptionalInt.of(Integer.parseInt(port)) : OptionalInt.empty();
    if (number.isEmpty() || number.getAsInt() < 1 || number.getAsInt() > 65535) {
      throw new QuestionFault("'%s' is no port: ports are 1 to 65535".formatted(port));
    }
    return number.getAsInt();
  }

  private static boolean isNumber(String text) {
    return text.length() <= 5
        && !text.isEmpty()
        && text.chars().allMatch(character -> character >= '0' && character <= '9');
  }

  private static String lower(Protocol protocol) {
    return protocol.name().toLowerCase(Locale.ROOT);
  }
}
