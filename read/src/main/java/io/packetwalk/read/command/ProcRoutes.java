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
 * Rows of the kernel's routing tables as files (fib_route_seq_show, rt6_info_route).
 *
 * <pre>
 * Iface Destination Gateway  Flags RefCnt Use Metric Mask     MTU Window IRTT      /proc/net/route
 * eth0  00000000    0101F40A 0003  0      0   0      00000000 0   0      0
 *
 * destination length source length next-hop metric references use flags device     ipv6_route
 * </pre>
 *
 * IPv4 addresses are numbers in the machine's byte order, which is taken to be little-endian. The
 * IPv6 file has the routes of every table without its name; those that aren't local are taken for
 * the main table's.
 */
final class ProcRoutes {
  private static final int COLUMNS = 8;
  private static final int COLUMNS_IPV6 = 10;
  private static final long GATEWAY = 0x2;
  private static final long REJECT = 0x200;
  private static final long ANYCAST = 0x0010_0000L;
  private static final long CACHE = 0x0100_0000L;
  private static final long LOCAL = 0x8000_0000L;
  private static final int HEXADECIMAL = 16;
  private static final String NULL_ENTRY = "ffffffff";

  private ProcRoutes() {}

  static void row(Line line, Rows<Route> rows) {
    List<String> words = Tokens.split(line.text());
    if (words.size() < COLUMNS) {
      rows.skip(line, "not a row of /proc/net/route");
      return;
    }
    Optional<IpAddress> destination = address(words.get(1));
    Optional<IpAddress> mask = address(words.get(7));
    Optional<IpAddress> gateway = address(words.get(2));
    Optional<Long> flags = number(words.get(3));
    Optional<IpPrefix> prefix =
        destination.flatMap(known -> mask.flatMap(bits -> IpPrefix.ofNetmask(known, bits)));
    if (prefix.isEmpty() || gateway.isEmpty() || flags.isEmpty()) {
      rows.damage(line, "an address or the flags aren't hexadecimal numbers");
      return;
    }
    boolean nowhere = words.getFirst().equals("*");
    boolean rejecting = (flags.get() & REJECT) != 0;
    RouteType type =
        rejecting ? RouteType.UNREACHABLE : nowhere ? RouteType.BLACKHOLE : RouteType.UNICAST;
    Optional<IpAddress> via = gateway.filter(router -> (flags.get() & GATEWAY) != 0);
    List<NextHop> hops =
        type == RouteType.UNICAST
            ? List.of(NextHop.of(via, Optional.of(words.getFirst())))
            : List.of();
    rows.add(
        NetToolsRoutes.route(type, prefix.get(), hops, Tokens.number(words.get(6)), line.source()));
  }

  private static Optional<IpAddress> address(String text) {
    return text.length() == 8
        ? number(text).map(bits -> IpAddress.ofIpv4(Integer.reverseBytes(bits.intValue())))
        : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text, HEXADECIMAL));
    } catch (NumberFormatException ignored) {
      return Optional.empty();
    }
  }

  static void rowIpv6(Line line, Rows<Route> main, Rows<Route> local) {
    List<String> words = Tokens.split(line.text());
    if (words.size() < COLUMNS_IPV6) {
      main.skip(line, "not a row of /proc/net/ipv6_route");
      return;
    }
    Optional<IpPrefix> destination = prefix(words.get(0), words.get(1));
    Optional<IpAddress> gateway = addressIpv6(words.get(4));
    Optional<Long> metric = number(words.get(5));
    Optional<Long> flags = number(words.get(8));
    if (destination.isEmpty() || gateway.isEmpty() || metric.isEmpty() || flags.isEmpty()) {
      main.damage(line, "an address, the metric or the flags aren't hexadecimal numbers");
      return;
    }
    boolean ignored = words.get(5).equals(NULL_ENTRY) || (flags.get() & CACHE) != 0;
    if (ignored) {
      main.header();
      return;
    }
    RouteType type = type(destination.get(), flags.get());
    Optional<IpAddress> via = gateway.filter(router -> (flags.get() & GATEWAY) != 0);
    List<NextHop> hops =
        type == RouteType.UNREACHABLE
            ? List.of()
            : List.of(NextHop.of(via, Optional.of(words.get(9))));
    boolean ofLocal = type != RouteType.UNICAST && type != RouteType.UNREACHABLE;
    OptionalInt cost = OptionalInt.of((int) (metric.get() & Integer.MAX_VALUE));
    (ofLocal ? local : main)
        .add(NetToolsRoutes.route(type, destination.get(), hops, cost, line.source()));
  }

  private static RouteType type(IpPrefix destination, long flags) {
    if ((flags & LOCAL) != 0) {
      return RouteType.LOCAL;
    }
    if ((flags & ANYCAST) != 0) {
      return RouteType.ANYCAST;
    }
    if (destination.address().isMulticast()) {
      return RouteType.MULTICAST;
    }
    return (flags & REJECT) != 0 ? RouteType.UNREACHABLE : RouteType.UNICAST;
  }

  private static Optional<IpPrefix> prefix(String address, String length) {
    Optional<Long> bits = number(length).filter(many -> many >= 0 && many <= 128);
    return addressIpv6(address)
        .flatMap(known -> bits.map(many -> new IpPrefix(known, many.intValue())));
  }

  /** Thirty-two digits without colons. */
  static Optional<IpAddress> addressIpv6(String text) {
    if (text.length() != 32) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          IpAddress.ofIpv6(
              Long.parseUnsignedLong(text.substring(0, 16), HEXADECIMAL),
              Long.parseUnsignedLong(text.substring(16), HEXADECIMAL)));
    } catch (NumberFormatException ignored) {
      return Optional.empty();
    }
  }
}
