package io.packetwalk.report.text;

/** What a piece of text is, which decides its colour where colours may be used. */
public enum Tone {
  PLAIN(""),
  /** A heading, or what the eye should find first. */
  STRONG("1"),
  /** What may be skipped: rails, positions of lines. */
  FAINT("2"),
  /** The name of a node, pod or device. */
  NAME("36"),
  /** A line of the state, as it stands there. */
  QUOTE("2;3"),
  GOOD("1;32"),
  BAD("1;31"),
  DOUBTFUL("1;33"),
  ADDED("32"),
  REMOVED("31"),
  CHANGED("33");

  private final String selectGraphicRendition;

  Tone(String selectGraphicRendition) {
    this.selectGraphicRendition = selectGraphicRendition;
  }

  /** The parameters of the control sequence SGR (ECMA-48, 8.3.117); empty for plain text. */
  String parameters() {
    return selectGraphicRendition;
  }
}
