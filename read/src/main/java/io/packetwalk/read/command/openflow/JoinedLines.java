package io.packetwalk.read.command.openflow;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;

/** A line with those that continue it behind a backslash. */
record JoinedLines(Line first, String text) {
  private static final int LONGEST = 1 << 20;

  static List<JoinedLines> of(List<Line> lines) {
    List<JoinedLines> joined = new ArrayList<>();
    for (int index = 0; index < lines.size(); index++) {
      Line first = lines.get(index);
      if (!isContinued(first.text())) {
        joined.add(new JoinedLines(first, first.text()));
        continue;
      }
      StringBuilder text = new StringBuilder(withoutBackslash(first.text()));
      boolean continued = true;
      while (continued && index + 1 < lines.size() && text.length() < LONGEST) {
        index++;
        String next = lines.get(index).text();
        continued = isContinued(next);
        text.append(continued ? withoutBackslash(next).stripLeading() : next.strip());
      }
      joined.add(new JoinedLines(first, text.toString()));
    }
    return joined;
  }

  private static boolean isContinued(String text) {
    return text.endsWith("\\");
  }

  private static String withoutBackslash(String text) {
    return text.substring(0, text.length() - 1);
  }
}
