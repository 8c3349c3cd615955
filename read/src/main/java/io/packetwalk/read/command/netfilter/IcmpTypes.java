package io.packetwalk.read.command.netfilter;

import java.util.Map;
import java.util.Optional;

/** The names of ICMP messages (RFC 792, RFC 4443) as iptables and nft write them. */
final class IcmpTypes {
  /** Any type, or any code. */
  static final int ANY = -1;

  private static final Map<String, int[]> VERSION4 =
      Map.ofEntries(
          Map.entry("any", new int[] {ANY, ANY}),
          Map.entry("echo-reply", new int[] {0, ANY}),
          Map.entry("pong", new int[] {0, ANY}),
          Map.entry("destination-unreachable", new int[] {3, ANY}),
          Map.entry("network-unreachable", new int[] {3, 0}),
          Map.entry("host-unreachable", new int[] {3, 1}),
          Map.entry("protocol-unreachable", new int[] {3, 2}),
          Map.entry("port-unreachable", new int[] {3, 3}),
          Map.entry("fragmentation-needed", new int[] {3, 4}),
          Map.entry("source-quench", new int[] {4, ANY}),
          Map.entry("redirect", new int[] {5, ANY}),
          Map.entry("echo-request", new int[] {8, ANY}),
          Map.entry("ping", new int[] {8, ANY}),
          Map.entry("router-advertisement", new int[] {9, ANY}),
          Map.entry("router-solicitation", new int[] {10, ANY}),
          Map.entry("time-exceeded", new int[] {11, ANY}),
          Map.entry("ttl-exceeded", new int[] {11, ANY}),
          Map.entry("parameter-problem", new int[] {12, ANY}),
          Map.entry("timestamp-request", new int[] {13, ANY}),
          Map.entry("timestamp-reply", new int[] {14, ANY}),
          Map.entry("info-request", new int[] {15, ANY}),
          Map.entry("info-reply", new int[] {16, ANY}),
          Map.entry("address-mask-request", new int[] {17, ANY}),
          Map.entry("address-mask-reply", new int[] {18, ANY}));

  private static final Map<String, int[]> VERSION6 =
      Map.ofEntries(
          Map.entry("any", new int[] {ANY, ANY}),
          Map.entry("destination-unreachable", new int[] {1, ANY}),
          Map.entry("no-route", new int[] {1, 0}),
          Map.entry("communication-prohibited", new int[] {1, 1}),
          Map.entry("address-unreachable", new int[] {1, 3}),
          Map.entry("port-unreachable", new int[] {1, 4}),
          Map.entry("packet-too-big", new int[] {2, ANY}),
          Map.entry("time-exceeded", new int[] {3, ANY}),
          Map.entry("ttl-exceeded", new int[] {3, ANY}),
          Map.entry("parameter-problem", new int[] {4, ANY}),
          Map.entry("echo-request", new int[] {128, ANY}),
          Map.entry("ping", new int[] {128, ANY}),
          Map.entry("echo-reply", new int[] {129, ANY}),
          Map.entry("pong", new int[] {129, ANY}),
          Map.entry("mld-listener-query", new int[] {130, ANY}),
          Map.entry("mld-listener-report", new int[] {131, ANY}),
          Map.entry("mld-listener-done", new int[] {132, ANY}),
          Map.entry("mld-listener-reduction", new int[] {132, ANY}),
          Map.entry("router-solicitation", new int[] {133, ANY}),
          Map.entry("nd-router-solicit", new int[] {133, ANY}),
          Map.entry("router-advertisement", new int[] {134, ANY}),
          Map.entry("nd-router-advert", new int[] {134, ANY}),
          Map.entry("neighbour-solicitation", new int[] {135, ANY}),
          Map.entry("neighbor-solicitation", new int[] {135, ANY}),
          Map.entry("nd-neighbor-solicit", new int[] {135, ANY}),
          Map.entry("neighbour-advertisement", new int[] {136, ANY}),
          Map.entry("neighbor-advertisement", new int[] {136, ANY}),
          Map.entry("nd-neighbor-advert", new int[] {136, ANY}),
          Map.entry("redirect", new int[] {137, ANY}),
          Map.entry("nd-redirect", new int[] {137, ANY}),
          Map.entry("router-renumbering", new int[] {138, ANY}),
          Map.entry("mld2-listener-report", new int[] {143, ANY}));

  private IcmpTypes() {}

  /** Type and code of {@code 8}, {@code 3/1} or a name. */
  static Optional<int[]> parse(String text, boolean version6) {
    int[] named = (version6 ? VERSION6 : VERSION4).get(text);
    if (named != null) {
      return Optional.of(named.clone());
    }
    int slash = text.indexOf('/');
    Optional<Long> type = Numbers.parse(slash < 0 ? text : text.substring(0, slash));
    Optional<Long> code = slash < 0 ? Optional.of(-1L) : Numbers.parse(text.substring(slash + 1));
    return type.filter(number -> number <= 255)
        .flatMap(number -> code.map(other -> new int[] {number.intValue(), other.intValue()}))
        .map(pair -> pair[0] == 255 && !version6 ? new int[] {ANY, ANY} : pair);
  }
}
