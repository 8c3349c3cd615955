package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Text as a terminal would show it: the lines of a file without colour codes, carriage returns,
 * overwritten characters, trailing white space, and without what HTML makes of it in documents.
 */
public final class TextCleaner {
  private static final char ESCAPE = '\u001b';
  private static final char BELL = '\u0007';
  private static final char BACKSPACE = '\b';
  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final char NO_BREAK_SPACE = '\u00a0';

  private TextCleaner() {}

  /** The lines of a file, numbered from 1; the end of the file ends the last one. */
  public static List<Line> lines(String file, String text) {
    boolean onlyReturns = text.indexOf('\n') < 0 && text.indexOf('\r') >= 0;
    char separator = onlyReturns ? '\r' : '\n';
    List<Line> lines = new ArrayList<>();
    int start = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    while (start < text.length()) {
      int end = text.indexOf(separator, start);
      int next = end < 0 ? text.length() : end;
      lines.add(new Line(file, lines.size() + 1, clean(text, start, next)));
      start = next + 1;
    }
    return lines;
  }

  private static String clean(String text, int start, int end) {
    int stop = end;
    while (stop > start && isTrailing(text.charAt(stop - 1))) {
      stop--;
    }
    String shown =
        needsWork(text, start, stop)
            ? rewrite(text, start, stop).stripTrailing()
            : text.substring(start, stop);
    return Markup.removed(shown);
  }

  private static boolean isTrailing(char character) {
    return (character <= ' ' && character != BACKSPACE && character != ESCAPE)
        || character == NO_BREAK_SPACE;
  }

  private static boolean needsWork(String text, int start, int end) {
    for (int index = start; index < end; index++) {
      char character = text.charAt(index);
      if ((character < ' ' && character != '\t')
          || character == NO_BREAK_SPACE
          || character == '\u007f') {
        return true;
      }
    }
    return false;
  }

  private static String rewrite(String text, int start, int end) {
    StringBuilder shown = new StringBuilder(end - start);
    int index = start;
    while (index < end) {
      char character = text.charAt(index);
      if (character == ESCAPE) {
        index = afterEscape(text, index, end);
        continue;
      }
      show(shown, character);
      index++;
    }
    return shown.toString();
  }

  private static void show(StringBuilder shown, char character) {
    switch (character) {
      case BACKSPACE -> shown.setLength(Math.max(0, shown.length() - 1));
      case '\r' -> shown.setLength(0);
      case '\t' -> shown.append('\t');
      case NO_BREAK_SPACE -> shown.append(' ');
      default -> {
        if (character >= ' ' && character != '\u007f') {
          shown.append(character);
        }
      }
    }
  }

  /** ECMA-48: a control sequence ends with a byte from @ to ~, an operating system one with BEL. */
  private static int afterEscape(String text, int escape, int end) {
    int index = escape + 1;
    if (index >= end) {
      return end;
    }
    char kind = text.charAt(index);
    if (kind == '[') {
      index++;
      while (index < end && text.charAt(index) < '@') {
        index++;
      }
      return Math.min(end, index + 1);
    }
    if (kind == ']') {
      while (index < end && text.charAt(index) != BELL && text.charAt(index) != ESCAPE) {
        index++;
      }
      boolean stringTerminator = index < end && text.charAt(index) == ESCAPE;
      return Math.min(end, index + (stringTerminator ? 2 : 1));
    }
    boolean charset = kind == '(' || kind == ')';
    return Math.min(end, index + (charset ? 2 : 1));
  }
}
