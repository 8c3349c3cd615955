package io.packetwalk.read.command.nft;

import java.util.Map;
import java.util.Optional;

/** What kind of values an expression has, as nft's own types tell them apart. */
enum DataType {
  ADDRESS,
  MAC,
  PORT,
  PROTOCOL,
  MARK,
  NUMBER,
  DEVICE,
  CONNECTION_STATE,
  CONNECTION_STATUS,
  DIRECTION,
  TCP_FLAGS,
  ICMP_TYPE,
  ICMP_CODE,
  ICMPV6_TYPE,
  ICMPV6_CODE,
  ETHERNET_TYPE,
  ARP_OPERATION,
  FAMILY,
  PACKET_TYPE,
  DSCP,
  ECN,
  ADDRESS_TYPE,
  ROUTE_DEVICE,
  PRESENCE,
  TEXT,
  VERDICT,
  /** Values that no packet of a walk has: times, ids, labels. They are only passed over. */
  OTHER;

  private static final Map<String, DataType> NAMES =
      Map.ofEntries(
          Map.entry("ipv4_addr", ADDRESS),
          Map.entry("ipv6_addr", ADDRESS),
          Map.entry("ether_addr", MAC),
          Map.entry("ll_addr", MAC),
          Map.entry("inet_service", PORT),
          Map.entry("inet_proto", PROTOCOL),
          Map.entry("mark", MARK),
          Map.entry("integer", NUMBER),
          Map.entry("ifname", DEVICE),
          Map.entry("iface_index", DEVICE),
          Map.entry("string", TEXT),
          Map.entry("ct_state", CONNECTION_STATE),
          Map.entry("ct_status", CONNECTION_STATUS),
          Map.entry("ct_dir", DIRECTION),
          Map.entry("tcp_flag", TCP_FLAGS),
          Map.entry("icmp_type", ICMP_TYPE),
          Map.entry("icmp_code", ICMP_CODE),
          Map.entry("icmpv6_type", ICMPV6_TYPE),
          Map.entry("icmpv6_code", ICMPV6_CODE),
          Map.entry("ether_type", ETHERNET_TYPE),
          Map.entry("arp_op", ARP_OPERATION),
          Map.entry("nf_proto", FAMILY),
          Map.entry("pkt_type", PACKET_TYPE),
          Map.entry("dscp", DSCP),
          Map.entry("ecn", ECN),
          Map.entry("fib_addrtype", ADDRESS_TYPE),
          Map.entry("boolean", PRESENCE),
          Map.entry("verdict", VERDICT));

  /** The type of this name in nft's {@code type} lines; values of other types are passed over. */
  static DataType named(String name) {
    return Optional.ofNullable(NAMES.get(name)).orElse(OTHER);
  }

  /** Whether a value without an operator asks for any of its bits. */
  boolean isBits() {
    return this == CONNECTION_STATE || this == CONNECTION_STATUS || this == TCP_FLAGS;
  }
}
