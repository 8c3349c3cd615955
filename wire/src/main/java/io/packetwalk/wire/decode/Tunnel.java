package io.packetwalk.wire.decode;

/** An encapsulation that is told by its UDP or TCP port. */
public enum Tunnel {
  VXLAN,
  VXLAN_GPE,
  GENEVE,
  GTP,
  /** Generic UDP encapsulation. */
  GUE,
  /** Foo over UDP with an IP packet directly behind the UDP header. */
  FOU,
  MPLS,
  /** ESP, told from key exchange by its first four bytes (RFC 3948, 2). */
  ESP,
  WIREGUARD,
  /** Stateless transport tunnelling, over what looks like TCP. */
  STT
}
