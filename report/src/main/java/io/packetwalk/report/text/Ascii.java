package io.packetwalk.report.text;

/**
 * Text for a terminal that shows ASCII only. Each character becomes one of the same width, so that
 * columns and boxes stay in line.
 */
final class Ascii {
  private Ascii() {}

  static String of(String text) {
    if (text.chars().allMatch(character -> character < 0x80)) {
      return text;
    }
    StringBuilder replaced = new StringBuilder(text.length());
    text.codePoints().forEach(character -> replaced.append(replacement(character)));
    return replaced.toString();
  }

  private static String replacement(int character) {
    if (character < 0x80) {
      return Character.toString(character);
    }
    return switch (character) {
      case '│', '┊' -> "|";
      case '║' -> "#";
      case '─', '–', '—', '−' -> "-";
      case '┌', '└', '├', '┼', '╭', '╰', '┬', '┴' -> "+";
      case '╫', '╟' -> "#";
      case '→', '▶', '▸', '›' -> ">";
      case '▼' -> "v";
      case '●' -> "*";
      case '○', '·', '•' -> ".";
      case '✗', '×' -> "x";
      case '↗' -> "^";
      case '↻' -> "@";
      case '…' -> "~";
      case '‘', '’' -> "'";
      case '“', '”' -> "\"";
      default -> "?".repeat(TextWidth.of(character));
    };
  }
}
