package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Makes statements of iptables' targets. */
final class TargetReader {
  private static final Set<String> ASIDES =
      Set.of(
          "LOG",
          "NFLOG",
          "ULOG",
          "TRACE",
          "AUDIT",
          "CHECKSUM",
          "TCPMSS",
          "TEE",
          "TCPOPTSTRIP",
          "ECN",
          "SECMARK",
          "CONNSECMARK",
          "CLASSIFY",
          "IDLETIMER",
          "RATEEST",
          "FLOWOFFLOAD",
          "LED");

  private final IpFamily family;

  TargetReader(IpFamily family) {
    this.family = family;
  }

  /** Whether a target leaves a packet's way as it is. */
  static boolean isAside(String target) {
    return ASIDES.contains(target);
  }

  List<Statement> read(Extension target, boolean forGood) {
    if (forGood) {
      return List.of(new Statement.Goto(target.name()));
    }
    Statement unreadable = new Statement.Unreadable("-j " + target.text());
    return switch (target.name()) {
      case "ACCEPT" -> List.of(new Statement.Accept());
      case "DROP" -> List.of(new Statement.Drop());
      case "RETURN" -> List.of(new Statement.Return());
      case "REJECT" -> List.of(new Statement.Reject(rejection(target)));
      case "QUEUE", "NFQUEUE" ->
          List.of(new Statement.Queue("-j " + target.text(), target.has("--queue-bypass")));
      case "DNAT" ->
          List.of(translation(target, Side.DESTINATION, "--to-destination").orElse(unreadable));
      case "SNAT" -> List.of(translation(target, Side.SOURCE, "--to-source").orElse(unreadable));
      case "MASQUERADE" -> List.of(masquerade(target).orElse(unreadable));
      case "REDIRECT" -> List.of(redirect(target).orElse(unreadable));
      case "NETMAP" -> List.of(networkMap(target).orElse(unreadable));
      case "MARK" -> List.of(MarkTargets.mark(target).orElse(unreadable));
      case "CONNMARK" -> List.of(MarkTargets.connectionMark(target).orElse(unreadable));
      case "NOTRACK" -> List.of(new Statement.Untracked());
      case "CT" -> List.of(tracking(target).orElse(unreadable));
      case "TTL", "HL" -> List.of(hopLimit(target).orElse(unreadable));
      case "DSCP", "TOS" -> List.of(MarkTargets.service(target).orElse(unreadable));
      case "SET" -> SetTarget.read(target);
      case "TPROXY" -> interception(target).orElse(List.of(unreadable));
      default ->
          List.of(
              isAside(target.name())
                  ? new Statement.Aside(target.text())
                  : target.options().isEmpty() ? new Statement.Jump(target.name()) : unreadable);
    };
  }

  /** The packet gets its mark only when there is a socket (xt_TPROXY). */
  private Optional<List<Statement>> interception(Extension target) {
    OptionalInt port =
        Numbers.parse(target.value("--on-port"))
            .filter(number -> number != 0)
            .map(number -> OptionalInt.of(number.intValue()))
            .orElseGet(OptionalInt::empty);
    String at = target.value("--on-ip");
    Optional<IpAddress> address = IpAddress.parse(at).filter(known -> !known.isUnspecified());
    String mark = target.value("--tproxy-mark");
    boolean readable = target.has("--on-port") && (at.isEmpty() || IpAddress.parse(at).isPresent());
    Statement intercept = new Statement.Intercept(address, port, /* orDrop= */ true);
    if (!readable) {
      return Optional.empty();
    }
    return mark.isEmpty()
        ? Optional.of(List.of(intercept, new Statement.Accept()))
        : MarkTargets.changed(new Option("--set-xmark", false, List.of(mark)), Field.MARK)
            .map(write -> List.of(intercept, write, new Statement.Accept()));
  }

  private String rejection(Extension target) {
    String chosen = target.value("--reject-with");
    String usual = family == IpFamily.IPV4 ? "icmp-port-unreachable" : "icmp6-port-unreachable";
    return chosen.isEmpty() ? usual : chosen;
  }

  static Statement.NatOptions options(Extension target) {
    return new Statement.NatOptions(
        target.has("--random") || target.has("--random-fully"), target.has("--persistent"));
  }

  private Optional<Statement> translation(Extension target, Side side, String option) {
    return NatTarget.parse(target.value(option))
        .filter(to -> to.addresses().isEmpty() || ofFamily(to.addresses().get()))
        .map(to -> new Statement.Translate(side, to.addresses(), to.ports(), options(target)));
  }

  private boolean ofFamily(Statement.AddressRange range) {
    return range.first().family() == family;
  }

  private static Optional<Statement> masquerade(Extension target) {
    Optional<Ports> ports = ports(target);
    return isWithoutUnreadablePorts(target, ports)
        ? Optional.of(new Statement.Masquerade(ports, options(target)))
        : Optional.empty();
  }

  private static Optional<Statement> redirect(Extension target) {
    Optional<Ports> ports = ports(target);
    return isWithoutUnreadablePorts(target, ports)
        ? Optional.of(new Statement.Redirect(ports, options(target)))
        : Optional.empty();
  }

  private static Optional<Ports> ports(Extension target) {
    return target.option("--to-ports").flatMap(option -> Numbers.ports(option.value()));
  }

  private static boolean isWithoutUnreadablePorts(Extension target, Optional<Ports> ports) {
    return ports.isPresent() || !target.has("--to-ports");
  }

  private Optional<Statement> networkMap(Extension target) {
    return IpPrefix.parse(target.value("--to"))
        .filter(prefix -> prefix.family() == family)
        .map(prefix -> new Statement.NetworkMap(Side.DESTINATION, prefix));
  }

  private static Optional<Statement> tracking(Extension target) {
    if (target.has("--notrack")) {
      return Optional.of(new Statement.Untracked());
    }
    if (target.has("--zone-orig") || target.has("--zone-reply")) {
      return Optional.empty();
    }
    if (target.value("--zone").equals("mark")) {
      Operand mark = new Operand.Bits(Operand.of(Field.MARK), 0xffff, 0);
      return Optional.of(new Statement.Write(Field.CONNECTION_ZONE, mark));
    }
    return target
        .option("--zone")
        .map(zone ->
            Numbers.parse(zone.value())
                .<Statement>map(number ->
                    new Statement.Write(
                        Field.CONNECTION_ZONE, new Operand.Constant(Datum.of(number)))))
        .orElseGet(() -> Optional.of(new Statement.Aside(target.text())));
  }

  private static Optional<Statement> hopLimit(Extension target) {
    Operand now = Operand.of(Field.HOP_LIMIT);
    if (target.options().isEmpty()) {
      return Optional.empty();
    }
    Option option = target.options().getFirst();
    return Numbers.parse(option.value())
        .map(Long::intValue)
        .flatMap(amount ->
            switch (option.name()) {
              case "--ttl-set", "--hl-set" -> Optional.of(new Operand.Constant(Datum.of(amount)));
              case "--ttl-inc", "--hl-inc" -> Optional.of(new Operand.Plus(now, amount));
              case "--ttl-dec", "--hl-dec" -> Optional.of(new Operand.Plus(now, -amount));
              default -> Optional.empty();
            })
        .map(value -> new Statement.Write(Field.HOP_LIMIT, value));
  }
}
