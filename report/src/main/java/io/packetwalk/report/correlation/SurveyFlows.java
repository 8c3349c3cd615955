package io.packetwalk.report.correlation;

import io.packetwalk.correlate.survey.Conformity;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.PathUse;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.wire.IpAddress;
import java.util.List;

/** The flows of a survey: those that want attention first. */
final class SurveyFlows {
  private static final int MOST_GROUPS = 40;
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
    List<FlowGroup> groups = FlowGroup.of(talk, flow -> words.ends(flow.use().flow()));
    groups.stream().limit(MOST_GROUPS).forEach(group -> group(group, page));
    SurveyText.more(groups.size() - MOST_GROUPS, page);
    int chatter = report.flows().size() - talk.size();
    if (chatter > 0) {
      page.line(
          Phrase.of(
              "  besides, %d flows to groups and between link-local addresses; -o json has them"
                  .formatted(chatter),
              Tone.FAINT));
    }
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

  private void group(FlowGroup group, Page page) {
    FlowReport first = group.first();
    boolean single = group.flows().size() == 1;
    String who = single ? words.flow(first.use().flow()) : words.ends(first.use().flow());
    page.line(
        mark(first)
            .and(" " + who, Tone.NAME)
            .and(single ? "" : "  %d flows".formatted(group.flows().size()))
            .and("  %s".formatted(counted(group.packets(), "packet")))
            .and(group.repeated() > 0 ? ", %d retransmitted".formatted(group.repeated()) : "")
            .and(group.answers() > 0 ? ", %d back".formatted(group.answers()) : "")
            .and(isWell(first) ? "  by " + words.nodes(group.paths().getFirst()) : "", Tone.FAINT),
        4);
    if (isWell(first)) {
      return;
    }
    List<PathUse> paths = group.paths();
    for (PathUse path : paths.subList(0, Math.min(MOST_PATHS, paths.size()))) {
      String share = paths.size() > 1 ? "%6d  ".formatted(path.packets()) : "    ";
      page.line(Phrase.of("  " + share).and(words.way(path), Tone.FAINT), 8);
    }
    // What ends as predicted is told with its reason above the flows.
    if (!first.reason().isEmpty() && !first.endsAsPredicted()) {
      page.line(Phrase.of("    " + first.reason(), tone(first)), 6);
    }
  }

  /** What fares well needs no more than a line. */
  private static boolean isWell(FlowReport flow) {
    return flow.conformity() == Conformity.FOLLOWS
        && !flow.endsAsPredicted()
        && flow.drops().isEmpty();
  }

  static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
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
