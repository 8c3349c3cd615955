package io.packetwalk.model.netfilter;

/** Which part of the kernel holds a table. */
public enum Backend {
  /** The old one, {@code ip_tables} and {@code ip6_tables}. */
  LEGACY,
  /** {@code nf_tables}, under {@code nft} and the newer {@code iptables}. */
  NFTABLES
}
