package io.packetwalk.read.command;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a listing of devices, put together where a terminal broke them at its edge: then
 * none is longer than it is wide, and what follows the longest begins neither a device nor one of
 * its details.
 */
final class WrappedLines {
  private static final int NARROWEST = 40;
  private static final int LONGEST = 4000;

  /** Breaks that it takes: a note may stand below the longest line of a listing. */
  private static final int FEWEST = 2;

  private static final Pattern BEGINS = Pattern.compile("(?:\\d+: |\\s{2}|\\t).*");

  private WrappedLines() {}

  static List<Line> joined(List<Line> lines) {
    int width = lines.stream().mapToInt(line -> line.text().length()).max().orElse(0);
    int breaks = 0;
    for (int index = 1; index < lines.size(); index++) {
      breaks += isBroken(lines.get(index - 1), lines.get(index), width) ? 1 : 0;
    }
    return width < NARROWEST || breaks < FEWEST ? lines : joined(lines, width);
  }

  private static List<Line> joined(List<Line> lines, int width) {
    List<Line> whole = new ArrayList<>();
    for (int index = 0; index < lines.size(); index++) {
      Line first = lines.get(index);
      StringBuilder text = new StringBuilder(first.text());
      while (index + 1 < lines.size()
          && text.length() < LONGEST
          && isBroken(lines.get(index), lines.get(index + 1), width)) {
        // A space at the edge was taken off as the end of its line.
        text.append(lines.get(index).text().length() < width ? " " : "");
        index++;
        text.append(lines.get(index).text());
      }
      whole.add(new Line(first.file(), first.number(), text.toString()));
    }
    return whole;
  }

  private static boolean isBroken(Line before, Line line, int width) {
    return before.text().length() >= width - 1
        && !line.isBlank()
        && !BEGINS.matcher(line.text()).matches();
  }
}
