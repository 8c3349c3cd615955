package io.packetwalk.read.command;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A row of net-tools' IPv4 routing table.
 *
 * <pre>
 * Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
 * 10.5.0.0        10.1.0.9        255.255.255.0   UG    0      0        0 eth0
 * 10.7.0.0        -               255.255.255.0   !     0      -        0 -
 * 10.9.0.0        0.0.0.0         255.255.255.0   U     0      0        0 *
 * </pre>
 *
 * The kernel prints {@code *} for a route without a device: a blackhole (or, rarely, a throw
 * route). Unreachable and prohibit routes have the reject flag.
 *
 * @param metricShown whether the fifth column is the metric rather than netstat's MSS
 */
record RouteRow(boolean metricShown) {
  private static final int FLAGS = 3;
  private static final int FIFTH = 4;
  private static final int DEVICE = 7;

  void read(Line line, Rows<Route> rows) {
    List<String> words = Tokens.split(line.text());
    if (words.size() < FLAGS + 1 || !isFlags(words.get(FLAGS))) {
      rows.skip(line, "not a row of a routing table");
      return;
    }
    Optional<IpPrefix> destination = destination(words.get(0), words.get(2));
    if (destination.isEmpty()) {
      rows.damage(line, "the destination is a name or no address: `route -n` shows addresses");
    } else if (words.size() <= DEVICE) {
      rows.damage(line, "the row is cut off before the device");
    } else {
      route(line, destination.get(), words, rows);
    }
  }

  private void route(Line line, IpPrefix destination, List<String> words, Rows<Route> rows) {
    RouteType type = type(words.get(FLAGS), words.get(DEVICE));
    boolean sends = type == RouteType.UNICAST;
    Optional<IpAddress> gateway = IpAddress.parse(words.get(1));
    boolean direct = words.get(1).equals("*") || !words.get(FLAGS).contains("G");
    if (sends && !direct && gateway.isEmpty()) {
      rows.damage(line, "the gateway is a name: `route -n` shows its address");
      return;
    }
    Optional<IpAddress> router = direct ? Optional.empty() : gateway;
    List<NextHop> hops =
        sends ? List.of(NextHop.of(router, Optional.of(words.get(DEVICE)))) : List.of();
    OptionalInt metric = metricShown ? Tokens.number(words.get(FIFTH)) : OptionalInt.empty();
    rows.add(NetToolsRoutes.route(type, destination, hops, metric, line.source()));
  }

  private static RouteType type(String flags, String device) {
    if (flags.contains("!")) {
      return RouteType.UNREACHABLE;
    }
    return device.equals("*") || device.equals("-") ? RouteType.BLACKHOLE : RouteType.UNICAST;
  }

  private static boolean isFlags(String word) {
    return !word.isEmpty()
        && word.length() <= 10
        && "U!".indexOf(word.charAt(0)) >= 0
        && word.substring(1).chars().allMatch(flag -> "!HGRDMACUPK".indexOf(flag) >= 0);
  }

  private static Optional<IpPrefix> destination(String text, String netmask) {
    Optional<IpAddress> address =
        switch (text) {
          case "default" -> Optional.of(IpAddress.unspecified(IpFamily.IPV4));
          case "link-local" -> IpAddress.parse("169.254.0.0");
          case "loopback" -> IpAddress.parse("127.0.0.0");
          default -> IpAddress.parse(text).filter(IpAddress::isIpv4);
        };
    Optional<IpAddress> mask = IpAddress.parse(netmask).filter(IpAddress::isIpv4);
    return address.flatMap(known -> mask.flatMap(ones -> IpPrefix.ofNetmask(known, ones)));
  }
}
