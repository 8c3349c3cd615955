package io.packetwalk.read.command.nft;

import io.packetwalk.read.transcript.Line;
import java.util.List;
import java.util.Set;

/**
 * Splits a line of an nft listing into words. Braces, commas and operators are words of their own;
 * the colons, dots, slashes and hyphens of values stay in them.
 */
final class Lexer {
  private static final String SINGLE = "{},;()";
  private static final String OPERATORS = "=!<>&|^";

  /**
   * Words that an expression begins with, as behind the colon of {@code 10.0.0.1:tcp dport map}.
   */
  private static final Set<String> BEGINNINGS =
      Set.of(
          "tcp", "udp", "udplite", "sctp", "dccp", "th", "ip", "ip6", "meta", "ct", "numgen",
          "jhash", "symhash");

  private final Line line;
  private final String text;
  private final List<Token> tokens;
  private int position;

  private Lexer(Line line, List<Token> tokens) {
    this.line = line;
    this.text = line.text();
    this.tokens = tokens;
  }

  /** Appends the line's words; what stands behind {@code #} becomes one word that begins so. */
  static void split(Line line, List<Token> tokens) {
    Lexer lexer = new Lexer(line, tokens);
    while (lexer.position < lexer.text.length()) {
      lexer.next();
    }
  }

  private void next() {
    char character = text.charAt(position);
    if (Character.isWhitespace(character)) {
      position++;
    } else if (character == '#') {
      add(text.substring(position).strip(), false);
      position = text.length();
    } else if (character == '"') {
      quoted();
    } else if (SINGLE.indexOf(character) >= 0) {
      add(String.valueOf(character), false);
      position++;
    } else if (OPERATORS.indexOf(character) >= 0) {
      operator(character);
    } else {
      word();
    }
  }

  private void quoted() {
    int end = text.indexOf('"', position + 1);
    int stop = end < 0 ? text.length() : end;
    add(text.substring(position + 1, stop), true);
    position = stop + 1;
  }

  /** One or two characters: {@code ==}, {@code !=}, {@code <=}, {@code <<}, … */
  private void operator(char first) {
    boolean pair = false;
    if (position + 1 < text.length()) {
      char second = text.charAt(position + 1);
      pair = second == '=' ? first != '&' && first != '|' && first != '^' : isShift(first, second);
    }
    int length = pair ? 2 : 1;
    add(text.substring(position, position + length), false);
    position += length;
  }

  private static boolean isShift(char first, char second) {
    return first == second && (first == '<' || first == '>');
  }

  private void word() {
    int start = position;
    boolean raw = isRawPayload();
    while (position < text.length() && !ends(text.charAt(position), raw)) {
      position++;
    }
    String word = text.substring(start, position);
    int colon = word.lastIndexOf(':');
    if (colon >= 0 && BEGINNINGS.contains(word.substring(colon + 1))) {
      if (colon > 0) {
        add(word.substring(0, colon), false);
      }
      add(":", false);
      add(word.substring(colon + 1), false);
    } else {
      add(word, false);
    }
  }

  /** {@code @th,16,16}: the commas belong to the word. */
  private boolean isRawPayload() {
    return text.charAt(position) == '@'
        && (text.startsWith("@th,", position)
            || text.startsWith("@nh,", position)
            || text.startsWith("@ll,", position)
            || text.startsWith("@ih,", position));
  }

  private static boolean ends(char character, boolean raw) {
    return Character.isWhitespace(character)
        || character == '"'
        || (SINGLE.indexOf(character) >= 0 && !(raw && character == ','))
        || OPERATORS.indexOf(character) >= 0;
  }

  private void add(String word, boolean quoted) {
    tokens.add(new Token(word, quoted, line));
  }
}
