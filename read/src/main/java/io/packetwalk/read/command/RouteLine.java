package io.packetwalk.read.command;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteEncapsulation;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * One route as {@code ip route} prints it, being put together: the first line, then perhaps lines
 * with further next hops. The grammar is that of iproute2's print_route.
 */
final class RouteLine {
  private static final Set<String> HOP_FLAGS =
      Set.of(
          "dead",
          "onlink",
          "pervasive",
          "offload",
          "trap",
          "linkdown",
          "unresolved",
          "notify",
          "rt_offload",
          "rt_trap",
          "rt_offload_failed");
  private static final Set<String> SKIPPED_WITH_VALUE =
      Set.of(
          "advmss",
          "hoplimit",
          "window",
          "cwnd",
          "initcwnd",
          "initrwnd",
          "rtt",
          "rttvar",
          "rto_min",
          "ssthresh",
          "reordering",
          "quickack",
          "congctl",
          "features",
          "pref",
          "nhid",
          "realm",
          "realms",
          "expires",
          "error",
          "users",
          "age",
          "ipid",
          "class",
          "fastopen_no_cookie");

  private static final List<String> NUMBERED_TYPES =
      List.of(
          "unicast",
          "local",
          "broadcast",
          "anycast",
          "multicast",
          "blackhole",
          "unreachable",
          "prohibit",
          "throw");

  private final RouteType type;
  private final IpPrefix destination;
  private final Source source;
  private final List<NextHop> nextHops = new ArrayList<>();
  private final Set<String> flags = new TreeSet<>();
  private Optional<IpAddress> gateway = Optional.empty();
  private Optional<String> device = Optional.empty();
  private Optional<RouteEncapsulation> encapsulation = Optional.empty();
  private Optional<IpAddress> preferredSource = Optional.empty();
  private OptionalInt metric = OptionalInt.empty();
  private Optional<String> scope = Optional.empty();
  private Optional<String> protocol = Optional.empty();
  private OptionalInt tos = OptionalInt.empty();
  private OptionalInt mtu = OptionalInt.empty();
  private Optional<IpPrefix> sourcePrefix = Optional.empty();
  private String table = "";
  private boolean cloned;

  /** Whether everything that decides which packets take the route, and to where, was read. */
  private boolean readable = true;

  private String tail = "";

  private RouteLine(RouteType type, IpPrefix destination, Source source) {
    this.type = type;
    this.destination = destination;
    this.source = source;
  }

  /**
   * Reads a route's first line; empty when it isn't one.
   *
   * @param implied attributes of all routes that were asked for, which their lines leave out
   */
  static Optional<RouteLine> parse(String text, IpFamily family, Source source, String implied) {
    Words words = Words.of(text);
    RouteType type = typeOf(words.peek()).orElse(RouteType.UNICAST);
    if (typeOf(words.peek()).isPresent()) {
      words.next();
    }
    String destination = words.next();
    if (destination.endsWith(":") && destination.indexOf(':') == destination.length() - 1) {
      return Optional.empty();
    }
    Optional<IpPrefix> prefix =
        destination.equals("default") || destination.equals("all")
            ? Optional.of(IpPrefix.all(familyOf(words, family)))
            : PrefixText.parse(destination);
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    RouteLine route = new RouteLine(type, prefix.get(), source);
    route.attributes(Words.of(implied));
    route.attributes(words);
    return route.isComplete() ? Optional.of(route) : Optional.empty();
  }

  /** A default route's family is its gateway's, or the one that was asked for. */
  private static IpFamily familyOf(Words words, IpFamily asked) {
    Optional<IpAddress> hint =
        words
            .valueOf("via")
            .flatMap(IpAddress::parse)
            .or(() -> words.valueOf("src").flatMap(IpAddress::parse));
    if (words.contains("inet6")) {
      return IpFamily.IPV4;
    }
    boolean sixth = words.contains("pref") || words.contains("hoplimit");
    return hint.map(IpAddress::family).orElse(sixth ? IpFamily.IPV6 : asked);
  }

  /** A type by name, or by the number that {@code ip -N} prints (rtnetlink.h). */
  private static Optional<RouteType> typeOf(String word) {
    if (word.length() == 1 && word.charAt(0) > '0' && word.charAt(0) <= '9') {
      return typeOf(NUMBERED_TYPES.get(word.charAt(0) - '1'));
    }
    for (RouteType type : RouteType.values()) {
      if (type.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  private boolean isComplete() {
    return type != RouteType.UNICAST
        || device.isPresent()
        || gateway.isPresent()
        || !nextHops.isEmpty()
        || tail.isEmpty();
  }

  private void attributes(Words words) {
    while (words.hasNext()) {
      if (words.peek().equals("nexthop")) {
        words.next();
        hop(words);
      } else if (!attribute(words)) {
        tail = words.rest();
        return;
      }
    }
  }

  private boolean attribute(Words words) {
    String name = words.next();
    switch (name) {
      case "via" -> gateway = address(words);
      case "dev" -> device = Optional.of(words.next());
      case "src" -> preferredSource = IpAddress.parse(words.next());
      case "from" -> {
        sourcePrefix = PrefixText.parse(words.next());
        readable &= sourcePrefix.isPresent();
      }
      case "metric", "priority", "preference" -> {
        metric = Words.parseUnsigned(words.next());
        readable &= metric.isPresent();
      }
      case "proto", "protocol" -> protocol = Optional.of(words.next());
      case "scope" -> scope = Optional.of(scopeOf(words.next()));
      case "table" -> table = words.next();
      case "tos", "dsfield" -> {
        tos = ServiceTypes.parse(words.next());
        readable &= tos.isPresent();
      }
      case "mtu" -> mtu(words);
      case "encap" -> encapsulation = Optional.of(EncapsulationWords.take(words));
      case "cache" -> cloned = true;
      case "as" -> {
        words.take("to");
        words.next();
      }
      default -> {
        return flagOrSkipped(name, words);
      }
    }
    return true;
  }

  /** {@code ip -N} prints numbers. */
  private static String scopeOf(String word) {
    return switch (word) {
      case "0" -> "global";
      case "200" -> "site";
      case "253" -> "link";
      case "254" -> "host";
      default -> word;
    };
  }

  private boolean flagOrSkipped(String name, Words words) {
    if (HOP_FLAGS.contains(name)) {
      flags.add(name);
      return true;
    }
    if (SKIPPED_WITH_VALUE.contains(name)) {
      words.take("lock");
      words.next();
      return true;
    }
    if (name.startsWith("<") || (name.endsWith("sec") && !name.equals("sec"))) {
      return true;
    }
    words.back();
    return false;
  }

  private void mtu(Words words) {
    words.take("lock");
    mtu = words.nextInt();
  }

  /** A name where an address is needed ({@code ip -r}) tells no next hop. */
  private Optional<IpAddress> address(Words words) {
    if (words.peek().equals("inet") || words.peek().equals("inet6")) {
      words.next();
    }
    Optional<IpAddress> address = IpAddress.parse(words.next());
    readable &= address.isPresent();
    return address;
  }

  /**
   * Reads a further line of the route: {@code nexthop via … dev … weight …} or a cache's detail.
   */
  boolean continues(String text) {
    Words words = Words.of(text);
    if (words.take("nexthop") || words.take("next-hop")) {
      hop(words);
      return true;
    }
    boolean detail = words.peek().equals("cache") || (!text.isEmpty() && text.charAt(0) <= ' ');
    if (!detail || !words.hasNext()) {
      return false;
    }
    return attribute(words) && !words.peek().equals("nexthop") && finishDetail(words);
  }

  private boolean finishDetail(Words words) {
    attributes(words);
    return true;
  }

  private void hop(Words words) {
    Optional<IpAddress> via = Optional.empty();
    Optional<String> dev = Optional.empty();
    Optional<RouteEncapsulation> encap = Optional.empty();
    Set<String> hopFlags = new TreeSet<>();
    int weight = 1;
    while (words.hasNext() && !words.peek().equals("nexthop")) {
      String name = words.next();
      switch (name) {
        case "via" -> via = address(words);
        case "dev" -> dev = Optional.of(words.next());
        case "weight" -> weight = Math.max(1, words.nextInt().orElse(1));
        case "encap" -> encap = Optional.of(EncapsulationWords.take(words));
        default -> {
          if (HOP_FLAGS.contains(name)) {
            hopFlags.add(name);
          } else if (SKIPPED_WITH_VALUE.contains(name)) {
            words.next();
          }
        }
      }
    }
    nextHops.add(new NextHop(via, dev, weight, hopFlags, encap));
  }

  IpFamily family() {
    return destination.family();
  }

  /** Whether nothing that decides is missing; else the route would be another one. */
  boolean isReadable() {
    return readable;
  }

  /** The table's name when the line names one. */
  Optional<String> table() {
    return table.isEmpty() ? Optional.empty() : Optional.of(table);
  }

  boolean isCloned() {
    return cloned;
  }

  /** Words behind the route that aren't part of it. */
  String tail() {
    return tail;
  }

  Route toRoute() {
    List<NextHop> hops = new ArrayList<>(nextHops);
    if (hops.isEmpty() && (gateway.isPresent() || device.isPresent())) {
      hops.add(new NextHop(gateway, device, 1, flags, encapsulation));
    }
    return new Route(
        type,
        destination,
        hops,
        preferredSource,
        metric,
        scope,
        protocol,
        tos,
        mtu,
        sourcePrefix,
        source);
  }
}
