package io.packetwalk.walk;

/** How a walk ends. */
public enum Verdict {
  /** The packet reaches the stack that has its destination address. */
  DELIVERED,
  /** The packet dies and nobody is told. */
  DROPPED,
  /** The packet dies and its sender is told: an ICMP error, a TCP reset, or an error at sending. */
  REJECTED,
  /** The packet goes out of the world that the state shows, as predicted. */
  LEFT,
  /** The packet comes back to where it was, until its hop limit ends it. */
  LOOPED,
  /** The state doesn't show what decides. */
  UNDETERMINED
}
