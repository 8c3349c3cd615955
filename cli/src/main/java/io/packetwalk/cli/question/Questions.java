package io.packetwalk.cli.question;

import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes the question for the walk out of what was asked on the command line. */
public final class Questions {
  private final Finder finder;

  public Questions(Snapshot snapshot) {
    this.finder = new Finder(snapshot);
  }

  /**
   * The question.
   *
   * @throws QuestionFault when an end is written wrongly or isn't in the state, and when the packet
   *     isn't determined
   */
  public Question ask(String from, String to, ProbeOptions options) throws QuestionFault {
    Endpoint sender = finder.sender(from);
    ClusterDns.Answer answer = finder.receiver(to, sender);
    Endpoint receiver = answer.end();
    Found start = finder.find(sender);
    Found end = finder.find(receiver);
    IpAddress destination = destination(to, end, start, sender, options);
    Probe probe = new ProbeChoice(finder).of(receiver, destination.family(), options);
    List<Assumption> premises = new ArrayList<>(start.premises());
    answer.premise().ifPresent(premises::add);
    premises.addAll(end.premises());
    return new Question(
        origin(from, sender, start),
        destination,
        source(sender, destination, options),
        probe,
        options.hopLimit(),
        /* dontFragment= */ true,
        options.device(),
        premises);
  }

  private static Optional<IpAddress> source(
      Endpoint sender, IpAddress destination, ProbeOptions options) throws QuestionFault {
    if (options.source().filter(own -> own.family() != destination.family()).isPresent()) {
      throw new QuestionFault("%s can't send to %s".formatted(options.source().get(), destination));
    }
    return options.source().isPresent()
        ? options.source()
        : sender instanceof Endpoint.Address own ? Optional.of(own.address()) : Optional.empty();
  }

  private static Origin origin(String from, Endpoint sender, Found start) throws QuestionFault {
    if (start.namespace().isPresent()) {
      return new Origin.Inside(start.namespace().get());
    }
    if (sender instanceof Endpoint.Address outside) {
      return new Origin.Outside(outside.address());
    }
    throw new QuestionFault("the state doesn't say which node %s is on".formatted(from));
  }

  private static IpAddress destination(
      String to, Found end, Found start, Endpoint sender, ProbeOptions options)
      throws QuestionFault {
    if (end.addresses().isEmpty()) {
      throw new QuestionFault("the state doesn't say which address %s has".formatted(to));
    }
    Optional<IpFamily> family =
        sender instanceof Endpoint.Address own
            ? Optional.of(own.address().family())
            : options
                .ipv6()
                .map(wanted -> wanted ? IpFamily.IPV6 : IpFamily.IPV4)
                .or(() -> options.source().map(IpAddress::family));
    if (family.isPresent()) {
      return ofFamily(end, family.get())
          .orElseThrow(
              () -> new QuestionFault("%s has no %s address".formatted(to, name(family.get()))));
    }
    IpAddress usual = end.addresses().getFirst();
    boolean reachable = start.addresses().isEmpty() || ofFamily(start, usual.family()).isPresent();
    return reachable
        ? usual
        : end.addresses().stream()
            .filter(address -> ofFamily(start, address.family()).isPresent())
            .findFirst()
            .orElse(usual);
  }

  private static Optional<IpAddress> ofFamily(Found found, IpFamily family) {
    return found.addresses().stream().filter(address -> address.family() == family).findFirst();
  }

  private static String name(IpFamily family) {
    return switch (family) {
      case IPV4 -> "IPv4";
      case IPV6 -> "IPv6";
    };
  }
}
