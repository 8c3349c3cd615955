package io.packetwalk.report.walk;

import io.packetwalk.report.packet.Summary;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import java.util.ArrayList;
import java.util.List;

/**
 * A packet beside the rail: a line for each nesting level, the inner ones hung under the outer. Of
 * a packet that was shown before, only what is new.
 */
final class SummaryLines {
  private SummaryLines() {}

  static List<Phrase> of(List<Summary> packet, List<Summary> before, int columns) {
    boolean onlyLimits = sameButLimits(packet, before);
    List<Phrase> lines = new ArrayList<>();
    for (int level = 0; level < packet.size(); level++) {
      Summary summary = packet.get(level);
      if (onlyLimits) {
        if (!summary.equals(before.get(level))) {
          lines.add(Phrase.of(summary.limit(), Tone.CHANGED));
        }
        continue;
      }
      int indentation = Math.max(0, level - 1) * 2;
      Phrase text = Phrase.of(" ".repeat(indentation));
      text = level == 0 ? text : text.and("└ ", Tone.FAINT);
      text = text.and(phrase(summary, before));
      lines.addAll(text.wrapped(columns, level == 0 ? 0 : indentation + 2));
    }
    return lines;
  }

  private static boolean sameButLimits(List<Summary> packet, List<Summary> before) {
    boolean same = packet.size() == before.size();
    for (int level = 0; same && level < packet.size(); level++) {
      same = packet.get(level).isLike(before.get(level));
    }
    return same;
  }

  private static Phrase phrase(Summary summary, List<Summary> before) {
    boolean known = before.isEmpty() || before.stream().anyMatch(summary::isLike);
    Phrase phrase = Phrase.of(summary.ends(), known ? Tone.PLAIN : Tone.CHANGED);
    phrase = summary.contents().isEmpty() ? phrase : phrase.and("  " + summary.contents());
    boolean limit = !summary.limit().isEmpty() && !before.contains(summary);
    return limit ? phrase.and("  " + summary.limit(), Tone.FAINT) : phrase;
  }
}
