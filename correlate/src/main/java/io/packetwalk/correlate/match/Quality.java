package io.packetwalk.correlate.match;

/** How sure it is that the sightings of a packet are all of the same one. */
public enum Quality {
  /** No other packet has the same contents. */
  UNIQUE,
  /** Several have the same contents and number, and each place saw all of them in one order. */
  ORDERED,
  /** Others could as well be meant: the sightings are a guess. */
  AMBIGUOUS;

  /** Whether conclusions may be drawn. */
  public boolean isSure() {
    return switch (this) {
      case UNIQUE, ORDERED -> true;
      case AMBIGUOUS -> false;
    };
  }
}
