package io.packetwalk.report.walk;

import io.packetwalk.model.Sighting;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.seen.Bearing;
import io.packetwalk.walk.seen.Seen;
import java.util.List;

/** What the state shows of packets like the one that was walked. */
final class SeenLines {
  /** More lines of tcpdump than this tell nothing new to a person. */
  private static final int MOST = 8;

  private SeenLines() {}

  static void write(List<Seen> seen, WalkNames names, Page page, boolean all) {
    if (seen.isEmpty()) {
      return;
    }
    page.heading("Seen, as the state shows it");
    int shown = all ? seen.size() : Math.min(MOST, seen.size());
    for (Seen each : seen.subList(0, shown)) {
      page.line(line(each.sighting(), names).and(remark(each.bearing())), 4);
    }
    if (shown < seen.size()) {
      page.line(Phrase.of("  and %d more (-v)".formatted(seen.size() - shown), Tone.FAINT));
    }
  }

  private static Phrase line(Sighting sighting, WalkNames names) {
    String device = sighting.device().map(name -> " " + name).orElse("");
    String time = sighting.time().isEmpty() ? "" : sighting.time() + " ";
    return Phrase.of("  " + sighting.source().position() + ": ", Tone.FAINT)
        .and(names.place(sighting.place()) + device + ": ")
        .and(time + sighting.text(), Tone.QUOTE);
  }

  private static Phrase remark(Bearing bearing) {
    return switch (bearing) {
      case AGREES -> Phrase.of("  as predicted", Tone.GOOD);
      case CONTRADICTS ->
          Phrase.of(
              "  not as predicted: the tables were listed at another time, or something that they"
                  + " don't show decides",
              Tone.BAD);
      case TELLS -> Phrase.EMPTY;
    };
  }
}
