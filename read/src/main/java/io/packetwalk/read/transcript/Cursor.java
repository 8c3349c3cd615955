package io.packetwalk.read.transcript;

/** A position in a line that only moves forward. */
final class Cursor {
  private static final int LONGEST_NAME = 253;

  private final String line;
  private int position;

  Cursor(String line, int position) {
    this.line = line;
    this.position = position;
  }

  int position() {
    return position;
  }

  boolean atEnd() {
    return position >= line.length();
  }

  boolean take(char expected) {
    boolean there = !atEnd() && line.charAt(position) == expected;
    if (there) {
      position++;
    }
    return there;
  }

  /** The longest run of a name's characters from here; empty when there is none. */
  String name() {
    int start = position;
    while (!atEnd() && position - start < LONGEST_NAME && isNameCharacter(line.charAt(position))) {
      position++;
    }
    return line.substring(start, position);
  }

  static String leadingName(String text) {
    return new Cursor(text, 0).name();
  }

  static boolean isNameCharacter(char character) {
    return isLetter(character)
        || (character >= '0' && character <= '9')
        || character == '-'
        || character == '_'
        || character == '.';
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  static boolean canBeginCommand(char character) {
    return isLetter(character) || "/.~_([:!".indexOf(character) >= 0;
  }
}
