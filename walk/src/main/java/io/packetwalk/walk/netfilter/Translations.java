package io.packetwalk.walk.netfilter;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Ports;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.model.netfilter.Statement.AddressRange;
import io.packetwalk.model.netfilter.Statement.NatOptions;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides what the rules of a nat chain translate a connection to. */
final class Translations {
  private final Site site;
  private final Operands operands;
  private final Surroundings surroundings;
  private final Links links;
  private final Mapping mapping;

  Translations(
      Site site, Operands operands, Surroundings surroundings, Links links, Mapping mapping) {
    this.site = site;
    this.operands = operands;
    this.surroundings = surroundings;
    this.links = links;
    this.mapping = mapping;
  }

  List<Trial> to(Statement.Translate to, Trial trial, Rule rule, Position position) {
    boolean source = to.side() == Side.SOURCE;
    Optional<IpAddress> address = to.to().map(range -> chosen(range, source, trial, to.options()));
    return List.of(settle(trial, source, address, to.ports(), to.options(), rule, position));
  }

  /** To an address that a map or a drawn number gives. */
  List<Trial> computed(Statement.TranslateComputed to, Trial trial, Rule rule, Position position) {
    List<Trial> trials = new ArrayList<>();
    for (Answer answer : operands.all(to.to(), trial)) {
      Trial part = trial.weighing(answer.share());
      switch (answer) {
        case Answer.Value value ->
            trials.add(computed(to, value.parts(), part, rule, position.on(value.grounds())));
        case Answer.Absent absent -> trials.add(part);
        case Answer.Unknown unknown ->
            trials.add(undetermined(part, "it depends on " + unknown.what(), rule, position));
      }
    }
    return trials;
  }

  private Trial computed(
      Statement.TranslateComputed to,
      List<Datum> parts,
      Trial trial,
      Rule rule,
      Position position) {
    Optional<IpAddress> address = Optional.empty();
    OptionalInt port = OptionalInt.empty();
    boolean fromSource = to.side() == Side.SOURCE;
    for (Datum part : parts) {
      if (part instanceof Datum.Address(IpAddress known)) {
        address = Optional.of(known);
      } else if (part instanceof Datum.Choice(AddressRange range)) {
        address = Optional.of(chosen(range, fromSource, trial, to.options()));
      } else if (part instanceof Datum.Whole(long number)) {
        port = OptionalInt.of((int) number & 0xffff);
      }
    }
    Optional<Ports> ports =
        port.isPresent()
            ? Optional.of(new Ports(port.getAsInt(), port.getAsInt()))
            : Optional.empty();
    boolean source = to.side() == Side.SOURCE;
    return settle(trial, source, address, ports, to.options(), rule, position);
  }

  private IpAddress chosen(AddressRange range, boolean source, Trial trial, NatOptions options) {
    Tuple now = current(trial);
    return options.network()
        ? AddressRanges.mapped(source ? now.source() : now.destination(), range)
        : Choice.of(range, now, options.persistent());
  }

  List<Trial> masquerade(Statement.Masquerade to, Trial trial, Rule rule, Position position) {
    String device = trial.packet().output().orElse("");
    IpAddress destination = Headers.ip(trial.packet().packet()).destination();
    Optional<IpAddress> address = surroundings.masqueradeAddress(device, destination);
    return List.of(
        address.isPresent()
            ? settle(trial, true, address, to.ports(), to.options(), rule, position)
            : undetermined(
                trial.assuming(lent(device)),
                "the address that " + device + " lends isn't known",
                rule,
                position));
  }

  private Assumption lent(String device) {
    NamespaceId place = site.place();
    return new Assumption(
        "the address that " + device + " of " + place + " lends isn't in the state",
        Commands.in(place, "ip addr show dev " + device));
  }

  List<Trial> redirect(Statement.Redirect to, Trial trial, Rule rule, Position position) {
    Optional<IpAddress> own = site.hook() == Hook.OUTPUT ? loopback(trial) : ofInput(trial);
    return List.of(
        own.isPresent()
            ? settle(trial, false, own, to.ports(), to.options(), rule, position)
            : undetermined(
                trial,
                "the address of "
                    + trial.packet().input().orElse("the device")
                    + " to redirect to isn't known",
                rule,
                position));
  }

  /** To the port that a map or a drawn number gives. */
  List<Trial> redirect(Statement.RedirectComputed to, Trial trial, Rule rule, Position position) {
    List<Trial> trials = new ArrayList<>();
    for (Answer answer : operands.all(to.port(), trial)) {
      Trial part = trial.weighing(answer.share());
      switch (answer) {
        case Answer.Value value -> {
          int port = Operands.number(value).orElse(0L).intValue() & 0xffff;
          Statement.Redirect plain =
              new Statement.Redirect(Optional.of(new Ports(port, port)), to.options());
          trials.addAll(redirect(plain, part, rule, position.on(value.grounds())));
        }
        case Answer.Absent absent -> trials.add(part);
        case Answer.Unknown unknown ->
            trials.add(undetermined(part, "it depends on " + unknown.what(), rule, position));
      }
    }
    return trials;
  }

  private static Optional<IpAddress> loopback(Trial trial) {
    boolean version4 = Headers.ip(trial.packet().packet()).source().isIpv4();
    return Optional.of(version4 ? IpAddress.ofIpv4(0x7f00_0001) : IpAddress.ofIpv6(0, 1));
  }

  private Optional<IpAddress> ofInput(Trial trial) {
    IpAddress destination = Headers.ip(trial.packet().packet()).destination();
    return trial.packet().input().stream()
        .flatMap(links::addressesOf)
        .map(InterfaceAddress::address)
        .filter(address -> address.family() == destination.family())
        .findFirst();
  }

  List<Trial> networkMap(Statement.NetworkMap to, Trial trial, Rule rule, Position position) {
    boolean source = !site.isForDestination();
    Tuple now = current(trial);
    IpAddress mapped = mapped(source ? now.source() : now.destination(), to.network());
    return List.of(
        settle(
            trial, source, Optional.of(mapped), Optional.empty(), NatOptions.NONE, rule, position));
  }

  /** The network's bits with the address's host bits. */
  private static IpAddress mapped(IpAddress address, IpPrefix network) {
    IpAddress own = new IpPrefix(address, network.length()).address();
    long high = network.address().high() | (address.high() ^ own.high());
    long low = network.address().low() | (address.low() ^ own.low());
    return new IpAddress(address.family(), high, low);
  }

  private Tuple current(Trial trial) {
    return trial
        .packet()
        .tracking()
        .connection(site.place())
        .map(connection -> connection.reply().inverted())
        .orElseThrow();
  }

  private Trial settle(
      Trial trial,
      boolean source,
      Optional<IpAddress> address,
      Optional<Ports> ports,
      NatOptions options,
      Rule rule,
      Position position) {
    Tuple before = current(trial);
    Mapping.Chosen chosen =
        mapping.choose(before, source, address, ports, options, trial.packet().tracking());
    Trial mapped = trial.with(mapping.settle(trial.packet(), source, chosen.tuple()));
    for (String guess : chosen.guesses()) {
      mapped = mapped.assuming(new Assumption(guess, "conntrack -L"));
    }
    Site.Decision told =
        site.decision(sentence(before, chosen.tuple(), source), rule, position, address);
    return mapped.remarking(Action.REWRITE, told.text(), told.evidence());
  }

  private static String sentence(Tuple before, Tuple after, boolean source) {
    int protocol = before.protocol();
    String from =
        source
            ? Headers.end(before.source(), before.sourcePort(), protocol)
            : Headers.end(before.destination(), before.destinationPort(), protocol);
    String to =
        source
            ? Headers.end(after.source(), after.sourcePort(), protocol)
            : Headers.end(after.destination(), after.destinationPort(), protocol);
    String side = source ? "source " : "destination ";
    return side + from + " → " + to;
  }

  private Trial undetermined(Trial trial, String why, Rule rule, Position position) {
    String decision = site.path(position) + ": " + why;
    return trial
        .remarking(Action.CLASSIFY, decision, position.evidence(rule))
        .ending(Verdict.UNDETERMINED, decision + " (" + rule.source().position() + ")");
  }

  /** An address of a range, as the kernel's hash of the addresses picks it. */
  static final class Choice {
    private Choice() {}

    static IpAddress of(AddressRange range, Tuple now, boolean persistent) {
      return range.isSingle() ? range.first() : AddressHash.pick(range, now, persistent);
    }
  }
}
