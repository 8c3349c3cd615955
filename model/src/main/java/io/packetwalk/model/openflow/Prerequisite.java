package io.packetwalk.model.openflow;

/** What a packet must be for one of its fields to exist (OpenFlow 1.3, 7.2.3.6). */
public enum Prerequisite {
  NONE,
  ETHERNET,
  VLAN,
  ARP,
  MPLS,
  IPV4,
  IPV6,
  IP,
  TCP,
  UDP,
  SCTP,
  ICMP,
  ICMPV6,
  NEIGHBOUR_DISCOVERY,
  NEIGHBOUR_SOLICITATION,
  NEIGHBOUR_ADVERTISEMENT,
  NSH
}
