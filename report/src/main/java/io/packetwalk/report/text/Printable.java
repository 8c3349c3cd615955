package io.packetwalk.report.text;

/**
 * Text without anything that a terminal obeys: control characters, escape sequences, and the
 * invisible characters that reorder or hide what stands beside them.
 */
public final class Printable {
  private Printable() {}

  /** The text with every such character written as {@code \x1b} or {@code <U+202E>}. */
  public static String of(String text) {
    return text.codePoints().allMatch(Printable::isHarmless) ? text : escape(text);
  }

  /** Whether a terminal shows the character and does nothing else. */
  public static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(character -> append(character, escaped));
    return escaped.toString();
  }

  private static void append(int character, StringBuilder escaped) {
    if (isHarmless(character)) {
      escaped.appendCodePoint(character);
    } else if (character == '\t') {
      escaped.append(' ');
    } else if (character < 0x100) {
      escaped.append("\\x%02x".formatted(character));
    } else {
      escaped.append("<U+%04X>".formatted(character));
    }
  }
}
