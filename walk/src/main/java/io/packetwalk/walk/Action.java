package io.packetwalk.walk;

/** What a step does with the packet. */
public enum Action {
  /** Passes it on as it is, or chooses its way. */
  FORWARD,
  /** Changes fields of its headers. */
  REWRITE,
  /** Puts headers in front of it. */
  ENCAPSULATE,
  /** Takes headers off it. */
  DECAPSULATE,
  /** Hands it to a program. */
  DELIVER,
  /** Ends it silently. */
  DROP,
  /** Ends it and tells the sender. */
  REJECT,
  /** Learns or remembers something about it (a mark, a connection) without changing it. */
  CLASSIFY
}
