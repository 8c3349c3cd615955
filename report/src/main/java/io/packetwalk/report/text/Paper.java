package io.packetwalk.report.text;

/**
 * What text is shown on.
 *
 * @param columns the width in characters
 * @param colour whether colours may be used
 * @param ascii whether only ASCII can be shown
 */
public record Paper(int columns, boolean colour, boolean ascii) {
  public static final int NARROWEST = 40;
  public static final int WIDEST = 400;

  public Paper {
    columns = Math.clamp(columns, NARROWEST, WIDEST);
  }
}
