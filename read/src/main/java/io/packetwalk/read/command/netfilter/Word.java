package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;

/**
 * A word of a rule.
 *
 * @param quoted whether it stood in quotes: then it is a value, whatever it looks like
 */
record Word(String text, boolean quoted) {

  /** Splits as iptables-restore does: white space separates, quotes hold together. */
  static List<Word> split(String line) {
    List<Word> words = new ArrayList<>();
    int position = 0;
    while (position < line.length()) {
      if (Character.isWhitespace(line.charAt(position))) {
        position++;
      } else {
        int end = plainEnd(line, position);
        if (end > position) {
          words.add(new Word(line.substring(position, end), false));
          position = end;
        } else {
          position = next(line, position, words);
        }
      }
    }
    return words;
  }

  /** The end of a word of plain letters only; its start when other characters are in it. */
  private static int plainEnd(String line, int start) {
    int end = start;
    while (end < line.length() && line.charAt(end) != ' ') {
      char character = line.charAt(end);
      if (character <= ' ' || character > '~' || isSpecial(character)) {
        return start;
      }
      end++;
    }
    return end;
  }

  private static boolean isSpecial(char character) {
    return character == '"' || character == '\'' || character == '\\';
  }

  private static int next(String line, int start, List<Word> words) {
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    char quote = 0;
    int position = start;
    while (position < line.length()) {
      char character = line.charAt(position);
      if (character == '\\' && position + 1 < line.length()) {
        text.append(line.charAt(++position));
      } else if (quote != 0) {
        quote = appendQuoted(text, character, quote);
      } else if (character == '"' || (character == '\'' && text.isEmpty())) {
        quote = character;
        quoted = true;
      } else if (Character.isWhitespace(character)) {
        break;
      } else {
        text.append(character);
      }
      position++;
    }
    words.add(new Word(text.toString(), quoted));
    return position;
  }

  private static char appendQuoted(StringBuilder text, char character, char quote) {
    if (character == quote) {
      return 0;
    }
    text.append(character);
    return quote;
  }

  /** Whether an option begins here. */
  boolean isOption() {
    return !quoted && text.length() > 1 && text.charAt(0) == '-' && !isNumber(text);
  }

  boolean isNegation() {
    return !quoted && text.equals("!");
  }

  private static boolean isNumber(String text) {
    return text.charAt(1) >= '0' && text.charAt(1) <= '9';
  }
}
