package io.packetwalk.report.correlation;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.correlate.clock.Skew;
import io.packetwalk.correlate.survey.SegmentUse;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Table;
import io.packetwalk.report.text.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The delays, clocks and taps of a survey, as tables for a terminal. */
final class SurveyMeasures {
  private static final int MOST_ROWS = 15;

  private final SurveyReport report;
  private final SurveyWords words;
  private final Taps taps;

  SurveyMeasures(SurveyReport report, SurveyWords words) {
    this.report = report;
    this.words = words;
    this.taps = report.taps();
  }

  void write(Page page) {
    segments(page);
    clocks(page);
    tapTable(page);
  }

  private void segments(Page page) {
    if (report.segments().isEmpty()) {
      return;
    }
    page.heading("Delays from tap to tap");
    Table table = new Table(2);
    table.row(
        Phrase.of("packets", Tone.FAINT),
        Phrase.of("median", Tone.FAINT),
        Phrase.of("90 %", Tone.FAINT),
        Phrase.of("99 %", Tone.FAINT),
        Phrase.of("most", Tone.FAINT),
        Phrase.of("segment", Tone.FAINT));
    List<SegmentUse> busiest =
        report.segments().stream()
            .sorted(Comparator.comparingLong((SegmentUse use) -> use.delays().count()).reversed())
            .limit(MOST_ROWS)
            .toList();
    for (SegmentUse use : busiest) {
      Offset offset = taps.between(use.from(), use.to(), SurveyJson.middle(report));
      String bound = offset.bound() == 0 ? "" : "  (clocks" + Durations.bound(offset.bound()) + ")";
      table.row(
          Phrase.of(use.delays().count() + ""),
          Phrase.of(Durations.of(use.delays().percentile(0.5))),
          Phrase.of(Durations.of(use.delays().percentile(0.9))),
          Phrase.of(Durations.of(use.delays().percentile(0.99))),
          Phrase.of(Durations.of(use.delays().most())),
          Phrase.of(words.name(use.from()) + " → " + words.name(use.to())).and(bound, Tone.FAINT));
    }
    table.write(page);
    SurveyText.more(report.segments().size() - MOST_ROWS, page);
  }

  private void clocks(Page page) {
    List<String> nodes = taps.clocks().nodes();
    if (nodes.size() < 2) {
      return;
    }
    page.heading("Clocks");
    Table table = new Table(2);
    for (int node = 0; node < nodes.size(); node++) {
      int reference = taps.clocks().reference(node);
      if (reference == node) {
        table.row(Phrase.of(nodes.get(node), Tone.NAME), Phrase.of("the reference", Tone.FAINT));
        continue;
      }
      Offset offset = taps.clocks().offset(node, SurveyJson.middle(report));
      Skew skew = taps.clocks().skew(node);
      String ahead =
          "ahead of %s by %s%s"
              .formatted(
                  nodes.get(reference),
                  Durations.of(offset.ahead()),
                  Durations.bound(offset.bound()));
      String gain =
          Double.isInfinite(skew.bound())
              ? ""
              : String.format(
                  Locale.ROOT, "  gains %.1f ± %.1f ppm", skew.partsPerMillion(), skew.bound());
      String step = taps.clocks().isSteady(node) ? "" : "  it was set, or runs unevenly";
      table.row(Phrase.of(nodes.get(node), Tone.NAME), Phrase.of(ahead + gain + step));
    }
    table.write(page);
  }

  private void tapTable(Page page) {
    page.heading("Taps");
    Table table = new Table(2);
    for (int first = 0; first < taps.taps().size(); first++) {
      List<TapLife> lives = taps.together(first).stream().map(taps::life).toList();
      if (!lives.isEmpty()) {
        Tap tap = taps.tap(first);
        String guess =
            tap.isSure() ? "" : "  placed by " + tap.placement().name().toLowerCase(Locale.ROOT);
        table.row(
            Phrase.of(words.name(first), Tone.NAME),
            Phrase.of(frames(lives)),
            Phrase.of(losses(lives), Tone.FAINT).and(guess, Tone.DOUBTFUL));
      }
    }
    table.write(page);
  }

  private static String frames(List<TapLife> lives) {
    long frames = lives.stream().mapToLong(TapLife::frames).sum();
    String files = lives.size() > 1 ? " in %d files".formatted(lives.size()) : "";
    return SurveyFlows.counted(frames, "frame") + files;
  }

  private static String losses(List<TapLife> lives) {
    boolean told = lives.stream().allMatch(life -> life.dropped().isPresent());
    long lost = lives.stream().mapToLong(life -> life.dropped().orElse(0)).sum();
    long cut = lives.stream().mapToLong(TapLife::cut).sum();
    String filter =
        lives.stream()
            .map(TapLife::filter)
            .filter(text -> !text.isEmpty())
            .findFirst()
            .map(text -> ", filter: " + text)
            .orElse("");
    return (told || lost > 0 ? lost + " lost" : "losses not told")
        + (cut > 0 ? ", %d cut too short".formatted(cut) : "")
        + (lives.stream().anyMatch(TapLife::damaged) ? ", damaged" : "")
        + filter;
  }
}
