package io.packetwalk.correlate.match;

/** What of a packet one capture shows, where it is cut into pieces or joined with others. */
public enum Part {
  /** The packet itself. */
  SAME,
  /** A piece of it: a segment that was cut off, or a fragment. */
  PIECE,
  /** Something larger that it is a piece of: segments joined by GRO, a datagram put together. */
  JOINED,
  /** Something that holds the end of one packet and the start of another. */
  OVERLAPPING
}
