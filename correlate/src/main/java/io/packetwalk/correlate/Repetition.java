package io.packetwalk.correlate;

/** Whether a packet carries what an earlier one of its flow carried already. */
public enum Repetition {
  /** It doesn't. */
  NONE,
  /** The sender sent the bytes again, in a packet of its own. */
  RETRANSMISSION,
  /** It is a copy of the earlier packet, which something on the way made. */
  DUPLICATE,
  /** The same bytes, in a packet that shows nothing by which the two could be told apart. */
  UNCLEAR
}
