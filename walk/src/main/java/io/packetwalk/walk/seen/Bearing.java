package io.packetwalk.walk.seen;

/** What something that was seen says about a prediction. */
public enum Bearing {
  /** It went as predicted. */
  AGREES,
  /** It went otherwise than predicted. */
  CONTRADICTS,
  /** The prediction doesn't say how it should have gone. */
  TELLS
}
