package io.packetwalk.read.command.openflow;

import java.util.ArrayList;
import java.util.List;

/** Splitting at separators that aren't inside parentheses, brackets, braces or quotes. */
final class Split {
  private Split() {}

  static List<String> at(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      if (character == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        if (character == '(' || character == '{' || character == '[') {
          depth++;
        } else if (character == ')' || character == '}' || character == ']') {
          depth = Math.max(0, depth - 1);
        } else if (character == separator && depth == 0) {
          parts.add(text.substring(start, index).strip());
          start = index + 1;
        }
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  /** Whether every parenthesis and every quote is closed. */
  static boolean isBalanced(String text) {
    int depth = 0;
    int quotes = 0;
    for (int index = 0; index < text.length() && depth >= 0; index++) {
      char character = text.charAt(index);
      depth += character == '(' ? 1 : 0;
      depth -= character == ')' ? 1 : 0;
      quotes += character == '"' ? 1 : 0;
    }
    return depth == 0 && quotes % 2 == 0;
  }
}
