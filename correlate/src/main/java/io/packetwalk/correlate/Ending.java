package io.packetwalk.correlate;

/** How a packet's way ended, by what the captures show. */
public enum Ending {
  /** It was seen where the receiver is, or an answer to it was seen. */
  ARRIVED,
  /** It was last seen somewhere, and isn't at the next place, which would have shown it. */
  DIED,
  /** Somebody told its sender that it goes no further: by an ICMP error or a TCP reset. */
  REFUSED,
  /** It ended where the prediction says that it ends. */
  ENDED_AS_PREDICTED,
  /** It went to where it wasn't predicted to go. */
  PARTED,
  /** The captures don't tell. */
  UNKNOWN
}
