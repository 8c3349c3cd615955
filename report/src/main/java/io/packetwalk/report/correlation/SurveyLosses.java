package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Resolution;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.survey.DropPoint;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Table;
import io.packetwalk.report.text.Tone;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where packets of a survey end: by the prediction, by the captures, and for want of an answer. */
final class SurveyLosses {
  private static final int MOST_ROWS = 40;
  private static final int MOST_EXAMPLES = 4;

  private final SurveyReport report;
  private final SurveyWords words;

  SurveyLosses(SurveyReport report, SurveyWords words) {
    this.report = report;
    this.words = words;
  }

  void write(Page page) {
    predicted(page);
    drops(page);
    unanswered(page);
  }

  /** Flows that end where the state says so, by what ends them. */
  private void predicted(Page page) {
    Map<String, List<FlowReport>> reasons = new LinkedHashMap<>();
    report.flows().stream()
        .filter(FlowReport::endsAsPredicted)
        .forEach(flow -> reasons.computeIfAbsent(flow.reason(), _ -> new ArrayList<>()).add(flow));
    if (reasons.isEmpty()) {
      return;
    }
    page.heading("What ends on the way, as the state says");
    reasons.forEach((reason, flows) -> {
      long packets = flows.stream().mapToLong(flow -> flow.use().packets()).sum();
      page.line(
          Phrase.of(
                  "  %s of %s: "
                      .formatted(
                          SurveyFlows.counted(packets, "packet"),
                          SurveyFlows.counted(flows.size(), "flow")),
                  Tone.BAD)
              .and(reason),
          4);
      flows
          .getFirst()
          .evidence()
          .ifPresent(source ->
              page.line(
                  Phrase.of("    %s:%d  ".formatted(source.file(), source.line()), Tone.FAINT)
                      .and(source.text(), Tone.QUOTE),
                  6));
      flows.stream()
          .limit(MOST_EXAMPLES)
          .forEach(flow ->
              page.line(Phrase.of("      " + words.flow(flow.use().flow()), Tone.FAINT), 8));
      if (flows.size() > MOST_EXAMPLES) {
        page.line(
            Phrase.of("      and %d more".formatted(flows.size() - MOST_EXAMPLES), Tone.FAINT));
      }
    });
  }

  private void drops(Page page) {
    List<DropPoint> drops =
        report.flows().stream()
            .flatMap(flow -> flow.drops().stream())
            .sorted(Comparator.comparingLong(DropPoint::packets).reversed())
            .toList();
    if (drops.isEmpty()) {
      return;
    }
    page.heading("Where packets were seen last, though their way goes on");
    Table table = new Table(2);
    for (DropPoint drop : drops.subList(0, Math.min(MOST_ROWS, drops.size()))) {
      boolean sure = drop.sight() instanceof Sight.Absent;
      table.row(
          Phrase.of(drop.packets() + "", sure ? Tone.BAD : Tone.DOUBTFUL),
          Phrase.of(words.flow(drop.flow())),
          Phrase.of("after ", Tone.FAINT).and(words.name(drop.after())),
          Phrase.of(sure ? "absent at " : "unknown at ", sure ? Tone.BAD : Tone.DOUBTFUL)
              .and(words.name(drop.next()))
              .and(drop.sight() instanceof Sight.Unknown unknown ? ": " + unknown.reason() : ""));
    }
    table.write(page);
    SurveyText.more(drops.size() - MOST_ROWS, page);
  }

  /** Addresses that were asked for, and that nobody answered for at any tap. */
  private void unanswered(Page page) {
    Set<IpAddress> answered = new LinkedHashSet<>();
    Map<IpAddress, List<Resolution>> asked = new LinkedHashMap<>();
    for (Resolution resolution : report.taps().resolutions()) {
      if (!resolution.answers().isEmpty()) {
        answered.add(resolution.address());
      } else if (!resolution.address().isLinkLocal()) {
        asked.computeIfAbsent(resolution.address(), _ -> new ArrayList<>()).add(resolution);
      }
    }
    asked.keySet().removeAll(answered);
    if (asked.isEmpty()) {
      return;
    }
    page.heading("Addresses that were asked for, and nobody answered");
    Table table = new Table(2);
    asked.entrySet().stream()
        .limit(MOST_ROWS)
        .forEach(entry -> {
          Resolution first = entry.getValue().getFirst();
          table.row(
              Phrase.of(first.questions() + " times", Tone.DOUBTFUL),
              Phrase.of(entry.getKey().toString(), Tone.NAME),
              Phrase.of("at ", Tone.FAINT).and(words.name(first.tap())));
        });
    table.write(page);
    SurveyText.more(asked.size() - MOST_ROWS, page);
  }
}
