package io.packetwalk.read.command;

import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A row of net-tools' IPv6 routing table.
 *
 * <pre>
 * Destination                    Next Hop                   Flag Met Ref Use If
 * fd01::/64                      fd00::2                    UG   1024 1      0 eth0
 * fd03::/64                      ::                         !n   1024 1      0 lo
 * ::1/128                        ::                         Un   0   2      0 lo
 * </pre>
 *
 * {@code !n} is a rejecting route, whether blackhole, unreachable or prohibit; the one with metric
 * -1 is the kernel's own entry for an empty table. {@code Un} belongs to the local table.
 */
final class RouteRowIpv6 {
  private static final int FLAGS = 2;
  private static final int METRIC = 3;

  private RouteRowIpv6() {}

  static void read(Line line, Rows<Route> main, Rows<Route> local) {
    List<String> words = Tokens.split(line.text());
    if (words.size() <= METRIC || !isFlags(words.get(FLAGS))) {
      main.skip(line, "not a row of an IPv6 routing table");
      return;
    }
    Optional<IpPrefix> destination = destination(words.get(0));
    Optional<String> device = device(words);
    if (destination.isEmpty()) {
      main.damage(line, "the destination is a name or no prefix: `route -6n` shows addresses");
    } else if (device.isEmpty()) {
      main.damage(line, "the row is cut off before the device");
    } else if (!words.get(METRIC).equals("-1")) {
      route(line, destination.get(), words, device.get(), main, local);
    }
  }

  private static void route(
      Line line,
      IpPrefix destination,
      List<String> words,
      String device,
      Rows<Route> main,
      Rows<Route> local) {
    RouteType type = type(destination, words.get(FLAGS));
    boolean routed = words.get(FLAGS).contains("G");
    Optional<IpAddress> gateway = IpAddress.parse(unbracketed(words.get(1)));
    if (routed && gateway.isEmpty()) {
      main.damage(line, "the next hop is a name: `route -6n` shows its address");
      return;
    }
    Optional<IpAddress> router = routed ? gateway : Optional.empty();
    List<NextHop> hops =
        type == RouteType.UNREACHABLE
            ? List.of()
            : List.of(NextHop.of(router, Optional.of(device)));
    OptionalInt metric = Tokens.number(words.get(METRIC));
    Rows<Route> table = type == RouteType.LOCAL || type == RouteType.MULTICAST ? local : main;
    table.add(NetToolsRoutes.route(type, destination, hops, metric, line.source()));
  }

  private static RouteType type(IpPrefix destination, String flags) {
    if (flags.startsWith("!")) {
      return RouteType.UNREACHABLE;
    }
    if (destination.address().isMulticast()) {
      return RouteType.MULTICAST;
    }
    return flags.contains("n") && destination.isHost() ? RouteType.LOCAL : RouteType.UNICAST;
  }

  /** The column behind metric, references and use; the two counters may have run together. */
  private static Optional<String> device(List<String> words) {
    int index = METRIC + 1;
    while (index < words.size()
        && index < METRIC + 3
        && words.get(index).chars().allMatch(Character::isDigit)) {
      index++;
    }
    return index > METRIC + 1 && index < words.size()
        ? Optional.of(words.get(index))
        : Optional.empty();
  }

  private static boolean isFlags(String word) {
    return !word.isEmpty()
        && word.length() <= 10
        && "U!".indexOf(word.charAt(0)) >= 0
        && word.chars().allMatch(flag -> "U!HGRDMACnepm".indexOf(flag) >= 0);
  }

  private static Optional<IpPrefix> destination(String text) {
    boolean all = text.equals("default") || text.equals("[::]/0");
    return IpPrefix.parse(all ? "::/0" : unbracketed(text))
        .or(() -> IpPrefix.parse("::" + text))
        .filter(prefix -> prefix.address().isIpv6());
  }

  private static String unbracketed(String text) {
    return text.replace("[", "").replace("]", "");
  }
}
