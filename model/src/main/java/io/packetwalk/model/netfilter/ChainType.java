package io.packetwalk.model.netfilter;

/** What a base chain is for. */
public enum ChainType {
  FILTER,
  /** Asked about the first packet of a connection only. */
  NAT,
  /** At the output hook: the packet is routed anew when its mark or addresses change. */
  ROUTE
}
