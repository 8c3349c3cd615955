package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command as it was typed over one or more lines, and the output that remains.
 *
 * @param document the here-document's lines, when there is one
 */
record Typed(CommandLine line, List<Line> output, Optional<List<Line>> document) {
  private static final int MOST_LINES = 100;

  static Typed complete(String first, List<Line> output) {
    StringBuilder text = new StringBuilder(first);
    CommandLine line = CommandLine.parse(first);
    int taken = 0;
    while (line.unfinished() && taken < Math.min(output.size(), MOST_LINES)) {
      String next = output.get(taken).text();
      boolean backslash = text.charAt(text.length() - 1) == '\\';
      if (!backslash && !isContinuation(next)) {
        break;
      }
      if (backslash) {
        text.setLength(text.length() - 1);
      }
      text.append(backslash ? " " : "\n").append(withoutMark(next));
      taken++;
      line = CommandLine.parse(text.toString());
    }
    List<Line> rest = output.subList(taken, output.size());
    return line.heredoc().isPresent()
        ? withDocument(line, rest, line.heredoc().get())
        : new Typed(line, rest, Optional.empty());
  }

  private static boolean isContinuation(String text) {
    return text.startsWith("> ") || text.equals(">");
  }

  private static String withoutMark(String text) {
    return isContinuation(text) ? text.substring(1).stripLeading() : text;
  }

  private static Typed withDocument(CommandLine line, List<Line> output, String end) {
    List<Line> document = new ArrayList<>();
    for (int index = 0; index < output.size(); index++) {
      Line next = output.get(index);
      String text = isContinuation(next.text()) ? content(next.text()) : next.text();
      if (text.strip().equals(end)) {
        return new Typed(
            line, output.subList(index + 1, output.size()), Optional.of(List.copyOf(document)));
      }
      document.add(new Line(next.file(), next.number(), text));
    }
    return new Typed(line, output, Optional.empty());
  }

  private static String content(String text) {
    return text.length() > 2 ? text.substring(2) : "";
  }
}
