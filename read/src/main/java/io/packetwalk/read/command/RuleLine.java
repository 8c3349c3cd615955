package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.PortRange;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.RuleAction;
import io.packetwalk.read.command.netfilter.Numbers;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code 100: not from 10.0.0.0/8 fwmark 0x1/0xff lookup 200}, being put together. */
final class RuleLine {
  private final IpFamily family;
  private final int priority;
  private final Source source;
  private boolean inverted;
  private Optional<IpPrefix> from = Optional.empty();
  private Optional<IpPrefix> to = Optional.empty();
  private Optional<String> inputDevice = Optional.empty();
  private Optional<String> outputDevice = Optional.empty();
  private OptionalInt mark = OptionalInt.empty();
  private int markMask = -1;
  private OptionalInt tos = OptionalInt.empty();
  private OptionalInt protocol = OptionalInt.empty();
  private Optional<PortRange> sourcePorts = Optional.empty();
  private Optional<PortRange> destinationPorts = Optional.empty();
  private OptionalInt suppressPrefixLength = OptionalInt.empty();
  private Optional<RuleAction> action = Optional.empty();
  private final List<String> unmodelled = new ArrayList<>();
  private String tail = "";

  private RuleLine(IpFamily family, int priority, Source source) {
    this.family = family;
    this.priority = priority;
    this.source = source;
  }

  static Optional<RuleLine> parse(String text, IpFamily family, Source source) {
    Words words = Words.of(text);
    String first = words.next();
    OptionalInt priority =
        first.endsWith(":")
            ? Words.parseUnsigned(first.substring(0, first.length() - 1))
            : OptionalInt.empty();
    if (priority.isEmpty()) {
      return Optional.empty();
    }
    RuleLine rule = new RuleLine(family, priority.getAsInt(), source);
    rule.parts(words);
    return rule.action.isPresent() ? Optional.of(rule) : Optional.empty();
  }

  private void parts(Words words) {
    while (words.hasNext()) {
      if (!part(words)) {
        words.back();
        tail = words.rest();
        return;
      }
    }
  }

  private boolean part(Words words) {
    String name = words.next();
    switch (name) {
      case "not" -> inverted = true;
      case "from" -> from = prefix(name, words.next());
      case "to" -> to = prefix(name, words.next());
      case "iif" -> inputDevice = Optional.of(words.next());
      case "oif" -> outputDevice = Optional.of(words.next());
      case "[detached]", "unresolved", "[unresolved]" -> {
        // The device isn't there at the moment: the rule selects nothing by it.
      }
      case "fwmark" -> mark(words.next());
      case "tos", "dsfield" -> serviceType(name, words.next());
      case "ipproto" -> ipProtocol(words.next());
      case "sport" -> sourcePorts = ports(words.next(), "sport");
      case "dport" -> destinationPorts = ports(words.next(), "dport");
      case "lookup", "table" -> action = lookup(words.next());
      case "suppress_prefixlength" -> suppressPrefixLength = words.nextInt();
      case "goto" -> action = goTo(words.next());
      case "nop" -> action = Optional.of(new RuleAction.Nop());
      case "blackhole" -> action = refuse(RouteType.BLACKHOLE);
      case "unreachable" -> action = refuse(RouteType.UNREACHABLE);
      case "prohibit" -> action = refuse(RouteType.PROHIBIT);
      case "proto", "protocol" -> words.next();
      case "[l3mdev-table]", "l3mdev" -> action = Optional.of(new RuleAction.LookupVrf());
      case "uidrange", "suppress_ifgroup", "realms", "tun_id", "flowlabel", "map-to", "dscp" ->
          unmodelled.add(name + " " + words.next());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Optional<RuleAction> refuse(RouteType type) {
    return Optional.of(new RuleAction.Refuse(type));
  }

  private static Optional<RuleAction> lookup(String table) {
    return Optional.of(
        table.equals("[l3mdev-table]")
            ? new RuleAction.LookupVrf()
            : new RuleAction.Lookup(IpRouteReader.canonical(table)));
  }

  private static Optional<RuleAction> goTo(String target) {
    OptionalInt number = Words.parseUnsigned(target);
    return number.isPresent()
        ? Optional.of(new RuleAction.Goto(number.getAsInt()))
        : Optional.empty();
  }

  private Optional<IpPrefix> prefix(String name, String text) {
    if (text.equals("all")) {
      return Optional.empty();
    }
    Optional<IpPrefix> prefix = PrefixText.parse(text);
    if (prefix.isEmpty()) {
      unmodelled.add(name + " " + text);
    }
    return prefix;
  }

  private void serviceType(String name, String text) {
    tos = ServiceTypes.parse(text);
    if (tos.isEmpty()) {
      unmodelled.add(name + " " + text);
    }
  }

  private void mark(String text) {
    int slash = text.indexOf('/');
    mark = Words.parseUnsigned(slash < 0 ? text : text.substring(0, slash));
    OptionalInt mask =
        slash < 0 ? OptionalInt.of(-1) : Words.parseUnsigned(text.substring(slash + 1));
    markMask = mask.orElse(-1);
    if (mark.isEmpty() || mask.isEmpty()) {
      unmodelled.add("fwmark " + text);
    }
  }

  private void ipProtocol(String text) {
    protocol = Numbers.protocol(text).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    if (protocol.isEmpty()) {
      unmodelled.add("ipproto " + text);
    }
  }

  private Optional<PortRange> ports(String text, String name) {
    int dash = text.indexOf('-');
    OptionalInt first = Words.parseInt(dash < 0 ? text : text.substring(0, dash));
    OptionalInt last = dash < 0 ? first : Words.parseInt(text.substring(dash + 1));
    boolean valid =
        first.isPresent()
            && last.isPresent()
            && first.getAsInt() <= last.getAsInt()
            && last.getAsInt() <= 65535;
    if (!valid) {
      unmodelled.add(name + " " + text);
      return Optional.empty();
    }
    return Optional.of(new PortRange(first.getAsInt(), last.getAsInt()));
  }

  String tail() {
    return tail;
  }

  RoutingRule toRule() {
    return new RoutingRule(
        family,
        priority,
        inverted,
        from,
        to,
        inputDevice,
        outputDevice,
        mark,
        markMask,
        tos,
        protocol,
        sourcePorts,
        destinationPorts,
        suppressPrefixLength,
        action.orElseGet(RuleAction.Nop::new),
        unmodelled,
        source);
  }
}
