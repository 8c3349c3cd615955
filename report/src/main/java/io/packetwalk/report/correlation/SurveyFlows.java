package io.packetwalk.report.correlation;

import io.packetwalk.correlate.survey.Conformity;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.PathUse;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.wire.IpAddress;
import java.util.Comparator;
import java.util.List;

/** The flows of a survey: those that want attention first. */
final class SurveyFlows {
  private static final int MOST_FLOWS = 40;
  private static final int MOST_PATHS = 3;

  private final SurveyReport report;
  private final SurveyWords words;

  SurveyFlows(SurveyReport report, SurveyWords words) {
    this.report = report;
    this.words = words;
  }

  void write(Page page) {
    page.heading("Flows");
    List<FlowReport> talk = report.flows().stream().filter(flow -> !isChatter(flow)).toList();
    talk.stream()
        .sorted(Comparator.comparingInt(SurveyFlows::rank))
        .limit(MOST_FLOWS)
        .forEach(flow -> flow(flow, page));
    SurveyText.more(talk.size() - MOST_FLOWS, page);
    int chatter = report.flows().size() - talk.size();
    if (chatter > 0) {
      page.line(
          Phrase.of(
              "  besides, %d flows to groups and between link-local addresses; -o json has them"
                  .formatted(chatter),
              Tone.FAINT));
    }
  }

  private static int rank(FlowReport flow) {
    return switch (flow.conformity()) {
      case DIFFERS -> 0;
      case FOLLOWS, UNKNOWN -> flow.endsAsPredicted() ? 1 : 2;
    };
  }

  /** What devices tell each other by themselves, and nobody predicts. */
  private static boolean isChatter(FlowReport flow) {
    IpAddress destination = flow.use().flow().destination();
    IpAddress source = flow.use().flow().source();
    boolean quiet = flow.predicted().isEmpty() && flow.conformity() == Conformity.UNKNOWN;
    return quiet
        && (destination.isMulticast()
            || source.isUnspecified()
            || source.isLinkLocal()
            || destination.isLinkLocal());
  }

  private void flow(FlowReport flow, Page page) {
    page.line(
        mark(flow)
            .and(" " + words.flow(flow.use().flow()), Tone.NAME)
            .and("  %d packets".formatted(flow.use().packets()))
            .and(
                flow.use().repeated() > 0
                    ? ", %d retransmissions".formatted(flow.use().repeated())
                    : ""),
        4);
    List<PathUse> paths = flow.use().paths();
    for (PathUse path : paths.subList(0, Math.min(MOST_PATHS, paths.size()))) {
      page.line(
          Phrase.of("    %6d  ".formatted(path.packets())).and(words.way(path), Tone.FAINT), 12);
    }
    // What ends as predicted is told with its reason above the flows.
    if (!flow.reason().isEmpty() && !flow.endsAsPredicted()) {
      page.line(Phrase.of("    " + flow.reason(), tone(flow)), 6);
    }
  }

  private static Phrase mark(FlowReport flow) {
    return switch (flow.conformity()) {
      case FOLLOWS -> flow.endsAsPredicted() ? Phrase.of("✗", Tone.BAD) : Phrase.of("✓", Tone.GOOD);
      case DIFFERS -> Phrase.of("≠", Tone.BAD);
      case UNKNOWN -> Phrase.of("?", Tone.DOUBTFUL);
    };
  }

  private static Tone tone(FlowReport flow) {
    return flow.conformity() == Conformity.DIFFERS ? Tone.BAD : Tone.FAINT;
  }
}
