package io.packetwalk.report.correlation;

import io.packetwalk.correlate.survey.Conformity;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.Names;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;

/** All that captures show, as tables for a terminal. */
public final class SurveyText {
  private SurveyText() {}

  /** The lines, each ended. */
  public static String of(SurveyReport report, Names names, Paper paper) {
    Page page = new Page(paper);
    SurveyWords words = new SurveyWords(names, report.taps());
    headline(report, page);
    new SurveyLosses(report, words).write(page);
    new SurveyFlows(report, words).write(page);
    new SurveyMeasures(report, words).write(page);
    return page.text();
  }

  private static void headline(SurveyReport report, Page page) {
    long differing =
        report.flows().stream().filter(flow -> flow.conformity() == Conformity.DIFFERS).count();
    long ended = report.flows().stream().filter(FlowReport::endsAsPredicted).count();
    page.line(
        Phrase.of(report.packets() + " packets", Tone.STRONG)
            .and(
                " in %d sightings at %d taps; "
                    .formatted(report.sightings(), report.taps().taps().size()))
            .and("%d flows, ".formatted(report.flows().size()))
            .and(differing + " not as predicted", differing > 0 ? Tone.BAD : Tone.GOOD)
            .and(", ")
            .and(ended + " that end on the way as predicted", ended > 0 ? Tone.BAD : Tone.GOOD)
            .and("; ")
            .and(
                report.lost() + " packets lost elsewhere", report.lost() > 0 ? Tone.BAD : Tone.GOOD)
            .and(
                report.ambiguous() > 0
                    ? "; %d can't be told apart for certain".formatted(report.ambiguous())
                    : "")
            .and(
                report.errors() > 0
                    ? "; %d ICMP errors about them".formatted(report.errors())
                    : ""));
  }

  static void more(long count, Page page) {
    if (count > 0) {
      page.line(Phrase.of("  and %d more; -o json has all".formatted(count), Tone.FAINT));
    }
  }
}
