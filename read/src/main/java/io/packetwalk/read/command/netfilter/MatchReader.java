package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Span;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Makes conditions of iptables' matches. */
final class MatchReader {
  /**
   * Extension headers of IPv6: a packet that is walked has none, and one without them fits none of
   * these matches, negated or not (the kernel's ip6t_rt.c, ip6t_frag.c, ip6t_hbh.c).
   */
  private static final Match NOTHING = new Match.AnyOf(List.of(), false);

  private static final Set<String> EXTENSION_HEADERS =
      Set.of("hop-by-hop", "hop", "ipv6-opts", "dst", "ipv6-route", "route", "ipv6-frag", "frag");

  private final IpFamily family;
  private final ConnectionMatches connections;

  MatchReader(IpFamily family) {
    this.family = family;
    this.connections = new ConnectionMatches(family);
  }

  /** The conditions, all of which must be met; none for a match that every packet meets. */
  List<Match> read(Extension extension) {
    return switch (extension.name()) {
      case "tcp" -> TransportMatches.tcp(extension);
      case "udp", "udplite" -> TransportMatches.ports(extension);
      case "sctp", "dccp" -> TransportMatches.ports(extension);
      case "icmp" -> TransportMatches.icmp(extension, "--icmp-type");
      case "icmp6", "icmpv6", "ipv6-icmp" -> TransportMatches.icmp(extension, "--icmpv6-type");
      case "multiport" -> each(extension, TransportMatches::multiport);
      case "iprange" -> each(extension, this::addressRange);
      case "conntrack", "state" -> each(extension, connections::read);
      case "mark" -> each(extension, option -> marked(option, Field.MARK));
      case "connmark" -> each(extension, option -> marked(option, Field.CONNECTION_MARK));
      case "set" -> {
        boolean exceptions = extension.has("--return-nomatch");
        yield each(extension, option -> inSet(option, exceptions));
      }
      case "addrtype" -> addressTypes(extension);
      case "statistic" -> List.of(statistic(extension));
      case "rpfilter" -> List.of(wayBack(extension));
      case "physdev" -> each(extension, BridgePorts::read);
      case "mac" -> each(extension, MatchReader::ethernetSource);
      case "length" -> each(extension, option -> number(option, "--length", Field.LENGTH, 65535));
      case "ttl", "hl" -> each(extension, MatchReader::hopLimit);
      case "dscp" -> each(extension, option -> number(option, "--dscp", Field.DSCP, 63));
      case "tos" -> each(extension, MatchReader::typeOfService);
      case "ecn" -> each(extension, option -> number(option, "--ecn-ip-ect", Field.ECN, 3));
      case "pkttype" -> each(extension, MatchReader::packetType);
      case "comment" -> List.of();
      case "rt", "frag", "hbh", "dst" -> List.of(NOTHING);
      case "ipv6header" -> List.of(headers(extension));
      case "recent" -> RecentMatch.read(extension);
      case "u32" -> each(extension, option -> content(extension, option));
      default -> Presumptions.read(extension);
    };
  }

  /** A condition from each option. */
  static List<Match> each(Extension extension, Function<Option, Optional<Match>> reader) {
    List<Match> matches = new ArrayList<>();
    for (Option option : extension.options()) {
      matches.add(reader.apply(option).orElseGet(() -> unreadable(extension, option)));
    }
    return matches;
  }

  static Match unreadable(Extension extension, Option option) {
    return new Match.Unreadable("-m " + extension.name() + " " + option.text());
  }

  static Match compare(Field field, Option option, Span... spans) {
    return new Match.Comparison(Operand.of(field), option.negated(), List.of(spans));
  }

  private static Optional<Match> content(Extension extension, Option option) {
    return option.name().equals("--u32")
        ? WordTests.parse(option.value())
            .map(tests -> new Match.Content("-m " + extension.text(), tests, option.negated()))
        : Optional.empty();
  }

  private static Optional<Match> number(Option option, String name, Field field, long highest) {
    return option.name().equals(name)
        ? Numbers.range(option.value(), highest).map(span -> compare(field, option, span))
        : Optional.empty();
  }

  private static Optional<Match> marked(Option option, Field field) {
    if (!option.name().equals("--mark")) {
      return Optional.empty();
    }
    return Masked.parse(option.value())
        .map(mark ->
            new Match.Comparison(
                new Operand.Bits(Operand.of(field), mark.mask(), 0),
                option.negated(),
                List.of(Span.one(mark.value()))));
  }

  private Optional<Match> addressRange(Option option) {
    int hyphen = option.value().indexOf('-');
    String low = hyphen < 0 ? option.value() : option.value().substring(0, hyphen);
    String high = hyphen < 0 ? low : option.value().substring(hyphen + 1);
    Optional<IpAddress> from = IpAddress.parse(low).filter(ip -> ip.family() == family);
    Optional<IpAddress> to = IpAddress.parse(high).filter(ip -> ip.family() == family);
    return from.flatMap(first ->
        to.map(last ->
            compare(
                option.name().equals("--src-range")
                    ? Field.SOURCE_ADDRESS
                    : Field.DESTINATION_ADDRESS,
                option,
                new Span.Addresses(first, last))));
  }

  private static Optional<Match> inSet(Option option, boolean exceptions) {
    return switch (option.name()) {
      case "--match-set" ->
          option.values().size() < 2
              ? Optional.empty()
              : Optional.of(
                  new Match.Membership(
                      SetKeys.of(option.values().get(1)),
                      option.negated(),
                      new SetReference.IpSet(option.value(), exceptions)));
      case "--return-nomatch", "--update-counters", "--update-subcounters" -> everything();
      default -> Optional.empty();
    };
  }

  /** A condition that is always met. */
  static Optional<Match> everything() {
    return Optional.of(new Match.AnyOf(List.of(), true));
  }

  private static List<Match> addressTypes(Extension extension) {
    boolean input = extension.has("--limit-iface-in");
    boolean output = extension.has("--limit-iface-out");
    return each(
        extension,
        option ->
            switch (option.name()) {
              case "--src-type" -> AddressTypes.match(option, true, input, output);
              case "--dst-type" -> AddressTypes.match(option, false, input, output);
              case "--limit-iface-in", "--limit-iface-out" -> everything();
              default -> Optional.empty();
            });
  }

  /** With {@code --soft} it is enough to have one of the headers. */
  private static Match headers(Extension extension) {
    boolean negated = extension.options().stream().anyMatch(Option::negated);
    boolean others =
        EXTENSION_HEADERS.containsAll(List.of(extension.value("--header").split(",", -1)));
    return extension.has("--soft") && others && !negated
        ? NOTHING
        : new Match.Unreadable("-m " + extension.text());
  }

  private static Match statistic(Extension extension) {
    boolean negated = extension.options().stream().anyMatch(Option::negated);
    Optional<Double> probability =
        extension.value("--mode").equals("nth")
            ? Numbers.parse(extension.value("--every")).filter(n -> n > 0).map(n -> 1.0 / n)
            : Masked.fraction(extension.value("--probability"));
    return probability
        .<Match>map(share -> new Match.Chance(negated ? 1 - share : share))
        .orElseGet(() -> new Match.Unreadable("-m " + extension.text()));
  }

  private static Match wayBack(Extension extension) {
    Operand way = new Operand.WayBack(extension.has("--loose"), extension.has("--validmark"));
    return new Match.Comparison(way, false, List.of(Span.one(extension.has("--invert") ? 0 : 1)));
  }

  private static Optional<Match> ethernetSource(Option option) {
    return MacAddress.parse(option.value())
        .map(mac -> compare(Field.ETHERNET_SOURCE, option, Span.one(mac.bits())));
  }

  private static Optional<Match> hopLimit(Option option) {
    return Numbers.parse(option.value())
        .flatMap(limit ->
            switch (option.name()) {
              case "--ttl-eq", "--hl-eq" ->
                  Optional.of(compare(Field.HOP_LIMIT, option, Span.one(limit)));
              case "--ttl-lt", "--hl-lt" ->
                  Optional.of(compare(Field.HOP_LIMIT, option, new Span.Numbers(0, limit - 1)));
              case "--ttl-gt", "--hl-gt" ->
                  Optional.of(compare(Field.HOP_LIMIT, option, new Span.Numbers(limit + 1, 255)));
              default -> Optional.empty();
            });
  }

  private static Optional<Match> typeOfService(Option option) {
    return Masked.parse(option.value())
        .map(tos ->
            new Match.Comparison(
                new Operand.Bits(Operand.of(Field.TRAFFIC_CLASS), tos.mask() & 0xff, 0),
                option.negated(),
                List.of(Span.one(tos.value()))));
  }

  private static Optional<Match> packetType(Option option) {
    return switch (option.value()) {
      case "unicast" -> Optional.of(compare(Field.PACKET_TYPE, option, Span.one(0)));
      case "broadcast" -> Optional.of(compare(Field.PACKET_TYPE, option, Span.one(1)));
      case "multicast" -> Optional.of(compare(Field.PACKET_TYPE, option, Span.one(2)));
      default -> Optional.empty();
    };
  }
}
