package io.packetwalk.model.netfilter;

/** The source or the destination of a packet. */
public enum Side {
  SOURCE,
  DESTINATION
}
