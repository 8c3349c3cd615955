package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines that were quoted as mail and Markdown quote, with {@code >} before each, between fences
 * instead. A single one may be a command at a prompt of that shape, and what follows a typed line
 * directly is its continuation.
 */
final class Quotes {
  private Quotes() {}

  static List<Line> removed(List<Line> lines) {
    List<Line> shown = new ArrayList<>(lines.size());
    int index = 0;
    while (index < lines.size()) {
      int end = index;
      while (end < lines.size() && isQuoted(lines.get(end).text())) {
        end++;
      }
      boolean apart = index == 0 || lines.get(index - 1).isBlank();
      boolean quoted = end - index > 1 && apart;
      if (quoted) {
        shown.add(fence(lines.get(index)));
        lines.subList(index, end).forEach(line -> shown.add(unquoted(line)));
        shown.add(fence(lines.get(end - 1)));
      } else {
        shown.addAll(lines.subList(index, Math.max(end, index + 1)));
      }
      index = Math.max(end, index + 1);
    }
    return shown;
  }

  private static boolean isQuoted(String text) {
    return text.startsWith("> ") || text.equals(">");
  }

  private static Line fence(Line beside) {
    return new Line(beside.file(), beside.number(), "```");
  }

  private static Line unquoted(Line line) {
    String text = line.text();
    int start = 0;
    while (text.startsWith("> ", start)) {
      start += 2;
    }
    return new Line(line.file(), line.number(), text.equals(">") ? "" : text.substring(start));
  }
}
