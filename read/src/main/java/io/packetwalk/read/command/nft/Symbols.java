package io.packetwalk.read.command.nft;

import java.util.Map;
import java.util.Optional;

/** nft's words for numbers. */
final class Symbols {
  private static final Map<String, Long> CONNECTION_STATE =
      Map.of("invalid", 1L, "established", 2L, "related", 4L, "new", 8L, "untracked", 64L);

  private static final Map<String, Long> CONNECTION_STATUS =
      Map.of(
          "expected", 1L,
          "seen-reply", 2L,
          "assured", 4L,
          "confirmed", 8L,
          "snat", 16L,
          "dnat", 32L,
          "seq-adjust", 64L,
          "dying", 512L);

  private static final Map<String, Long> TCP_FLAGS =
      Map.of(
          "fin", 1L, "syn", 2L, "rst", 4L, "psh", 8L, "ack", 16L, "urg", 32L, "ecn", 64L, "cwr",
          128L);

  private static final Map<String, Long> ICMP_TYPES =
      Map.ofEntries(
          Map.entry("echo-reply", 0L),
          Map.entry("destination-unreachable", 3L),
          Map.entry("source-quench", 4L),
          Map.entry("redirect", 5L),
          Map.entry("echo-request", 8L),
          Map.entry("router-advertisement", 9L),
          Map.entry("router-solicitation", 10L),
          Map.entry("time-exceeded", 11L),
          Map.entry("parameter-problem", 12L),
          Map.entry("timestamp-request", 13L),
          Map.entry("timestamp-reply", 14L),
          Map.entry("info-request", 15L),
          Map.entry("info-reply", 16L),
          Map.entry("address-mask-request", 17L),
          Map.entry("address-mask-reply", 18L));

  private static final Map<String, Long> ICMP_CODES =
      Map.ofEntries(
          Map.entry("net-unreachable", 0L),
          Map.entry("host-unreachable", 1L),
          Map.entry("prot-unreachable", 2L),
          Map.entry("port-unreachable", 3L),
          Map.entry("frag-needed", 4L),
          Map.entry("net-prohibited", 9L),
          Map.entry("host-prohibited", 10L),
          Map.entry("admin-prohibited", 13L));

  private static final Map<String, Long> ICMPV6_TYPES =
      Map.ofEntries(
          Map.entry("destination-unreachable", 1L),
          Map.entry("packet-too-big", 2L),
          Map.entry("time-exceeded", 3L),
          Map.entry("parameter-problem", 4L),
          Map.entry("echo-request", 128L),
          Map.entry("echo-reply", 129L),
          Map.entry("mld-listener-query", 130L),
          Map.entry("mld-listener-report", 131L),
          Map.entry("mld-listener-done", 132L),
          Map.entry("mld-listener-reduction", 132L),
          Map.entry("nd-router-solicit", 133L),
          Map.entry("nd-router-advert", 134L),
          Map.entry("nd-neighbor-solicit", 135L),
          Map.entry("nd-neighbor-advert", 136L),
          Map.entry("nd-redirect", 137L),
          Map.entry("router-renumbering", 138L),
          Map.entry("ind-neighbor-solicit", 141L),
          Map.entry("ind-neighbor-advert", 142L),
          Map.entry("mld2-listener-report", 143L));

  private static final Map<String, Long> ICMPV6_CODES =
      Map.of(
          "no-route", 0L,
          "admin-prohibited", 1L,
          "addr-unreachable", 3L,
          "port-unreachable", 4L,
          "policy-fail", 5L,
          "reject-route", 6L);

  private static final Map<String, Long> ETHERNET_TYPES =
      Map.ofEntries(
          Map.entry("ip", 0x0800L),
          Map.entry("arp", 0x0806L),
          Map.entry("ip6", 0x86ddL),
          Map.entry("vlan", 0x8100L),
          Map.entry("8021q", 0x8100L),
          Map.entry("8021ad", 0x88a8L));

  private static final Map<String, Long> ARP_OPERATIONS =
      Map.of(
          "request", 1L,
          "reply", 2L,
          "rrequest", 3L,
          "rreply", 4L,
          "inrequest", 8L,
          "inreply", 9L,
          "nak", 10L);

  private static final Map<String, Long> FAMILIES =
      Map.of("ipv4", 2L, "ip", 2L, "ipv6", 10L, "ip6", 10L, "inet", 1L, "arp", 3L, "bridge", 7L);

  private static final Map<String, Long> PACKET_TYPES =
      Map.of("host", 0L, "unicast", 0L, "broadcast", 1L, "multicast", 2L, "other", 3L);

  private static final Map<String, Long> DSCP =
      Map.ofEntries(
          Map.entry("cs0", 0L),
          Map.entry("df", 0L),
          Map.entry("be", 0L),
          Map.entry("lephb", 1L),
          Map.entry("cs1", 8L),
          Map.entry("af11", 10L),
          Map.entry("af12", 12L),
          Map.entry("af13", 14L),
          Map.entry("cs2", 16L),
          Map.entry("af21", 18L),
          Map.entry("af22", 20L),
          Map.entry("af23", 22L),
          Map.entry("cs3", 24L),
          Map.entry("af31", 26L),
          Map.entry("af32", 28L),
          Map.entry("af33", 30L),
          Map.entry("cs4", 32L),
          Map.entry("af41", 34L),
          Map.entry("af42", 36L),
          Map.entry("af43", 38L),
          Map.entry("cs5", 40L),
          Map.entry("va", 44L),
          Map.entry("ef", 46L),
          Map.entry("cs6", 48L),
          Map.entry("cs7", 56L));

  private static final Map<String, Long> ECN =
      Map.of("not-ect", 0L, "ect1", 1L, "ect0", 2L, "ce", 3L);
  private static final Map<String, Long> DIRECTIONS = Map.of("original", 0L, "reply", 1L);

  private Symbols() {}

  static Optional<Long> number(DataType type, String word) {
    return Optional.ofNullable(table(type).get(word));
  }

  private static Map<String, Long> table(DataType type) {
    return switch (type) {
      case CONNECTION_STATE -> CONNECTION_STATE;
      case CONNECTION_STATUS -> CONNECTION_STATUS;
      case DIRECTION -> DIRECTIONS;
      case TCP_FLAGS -> TCP_FLAGS;
      case ICMP_TYPE -> ICMP_TYPES;
      case ICMP_CODE -> ICMP_CODES;
      case ICMPV6_TYPE -> ICMPV6_TYPES;
      case ICMPV6_CODE -> ICMPV6_CODES;
      case ETHERNET_TYPE -> ETHERNET_TYPES;
      case ARP_OPERATION -> ARP_OPERATIONS;
      case FAMILY -> FAMILIES;
      case PACKET_TYPE -> PACKET_TYPES;
      case DSCP -> DSCP;
      case ECN -> ECN;
      case ADDRESS, MAC, PORT, PROTOCOL, MARK, NUMBER, DEVICE, ADDRESS_TYPE -> Map.of();
      case ROUTE_DEVICE, PRESENCE, TEXT, VERDICT, OTHER -> Map.of();
    };
  }
}
