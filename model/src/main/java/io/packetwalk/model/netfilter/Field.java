package io.packetwalk.model.netfilter;

/** Something that a packet has or that the kernel notes beside it, and that rules read. */
public enum Field {
  /** The kernel's number of the IP version's protocol family: 2 for IPv4, 10 for IPv6. */
  PROTOCOL_FAMILY,
  /** The number of the protocol over IP. */
  PROTOCOL,
  /** The number that the IP header itself carries: over IPv6 that of the first extension header. */
  NEXT_HEADER,
  SOURCE_ADDRESS,
  DESTINATION_ADDRESS,
  SOURCE_PORT,
  DESTINATION_PORT,
  /** The port as sets of {@code ipset} have it: of an ICMP message its type and code. */
  SET_SOURCE_PORT,
  SET_DESTINATION_PORT,
  INPUT_DEVICE,
  OUTPUT_DEVICE,
  INPUT_DEVICE_KIND,
  OUTPUT_DEVICE_KIND,
  BRIDGE_INPUT_PORT,
  BRIDGE_OUTPUT_PORT,
  MARK,
  /** A set of {@link ConnectionStates}. */
  CONNECTION_STATE,
  /** A set of {@link ConnectionStates} of which only the second half is used. */
  CONNECTION_STATUS,
  CONNECTION_MARK,
  CONNECTION_ZONE,
  /** 0 for the direction of the first packet, 1 for the other one. */
  CONNECTION_DIRECTION,
  CONNECTION_PROTOCOL,
  ORIGINAL_SOURCE_ADDRESS,
  ORIGINAL_DESTINATION_ADDRESS,
  ORIGINAL_SOURCE_PORT,
  ORIGINAL_DESTINATION_PORT,
  REPLY_SOURCE_ADDRESS,
  REPLY_DESTINATION_ADDRESS,
  REPLY_SOURCE_PORT,
  REPLY_DESTINATION_PORT,
  TCP_FLAGS,
  ICMP_TYPE,
  ICMP_CODE,
  /** Of the packet from its IP header on, in bytes. */
  LENGTH,
  HOP_LIMIT,
  /** IPv4's type of service, IPv6's traffic class. */
  TRAFFIC_CLASS,
  DSCP,
  ECN,
  /** 1 for every piece of a larger packet but the first. */
  LATER_FRAGMENT,
  /** IPv4's sixteen bits of flags and fragment offset. */
  FRAGMENT_BITS,
  FLOW_LABEL,
  /** The number by which Ethernet announces the packet. */
  ETHERNET_TYPE,
  ETHERNET_SOURCE,
  ETHERNET_DESTINATION,
  /** 1 for a question, 2 for an answer. */
  ARP_OPERATION,
  ARP_SENDER_ADDRESS,
  ARP_SENDER_MAC,
  ARP_TARGET_ADDRESS,
  ARP_TARGET_MAC,
  /** 0 to us, 1 broadcast, 2 multicast, 3 to others. */
  PACKET_TYPE
}
