package io.packetwalk.model;

/** How much of the truth a {@link Listing} shows. */
public enum Coverage {
  /** Nobody asked: nothing may be concluded from what isn't listed. */
  UNKNOWN,
  /** Some of it was shown: what is listed is there, more may be. */
  PARTIAL,
  /** All of it was shown: what isn't listed isn't there. */
  COMPLETE
}
