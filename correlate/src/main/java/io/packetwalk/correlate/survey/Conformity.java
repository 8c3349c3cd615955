package io.packetwalk.correlate.survey;

/** How a flow's way compares with its prediction. */
public enum Conformity {
  /** Everything that could be seen is as predicted. */
  FOLLOWS,
  /** It was seen where it wasn't predicted, or not where it was. */
  DIFFERS,
  /** The prediction, or the captures, don't tell. */
  UNKNOWN
}
