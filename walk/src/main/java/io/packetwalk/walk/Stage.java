package io.packetwalk.walk;

/** Which part of the network stack a step happens in. */
public enum Stage {
  /** A program sends. */
  SEND,
  /** A frame goes out of a device, as a capture on the device sees it. */
  EGRESS,
  /** A frame comes in by a device, as a capture on the device sees it. */
  INGRESS,
  /** Policy rules and routing tables. */
  ROUTE,
  /** Checks on the source address: reverse path filter, martians. */
  SOURCE_CHECK,
  /** Forwarding from device to device: setting, hop limit, size. */
  FORWARDING,
  /** Neighbour resolution: ARP, neighbour discovery, or a table that makes it unnecessary. */
  NEIGHBOUR,
  /** A Linux bridge. */
  BRIDGE,
  /** netfilter at its hook before routing. */
  PREROUTING,
  /** netfilter at its hook for packets to this machine. */
  INPUT,
  /** netfilter at its hook for packets through this machine. */
  FORWARD_HOOK,
  /** netfilter at its hook for packets from this machine. */
  OUTPUT,
  /** netfilter at its hook after routing. */
  POSTROUTING,
  /** A tunnel device puts on or takes off its headers. */
  TUNNEL,
  /** An Open vSwitch bridge's flow tables. */
  OPENFLOW,
  /** The network between the nodes. */
  UNDERLAY,
  /** The packet has arrived at the stack that has its destination. */
  LOCAL
}
