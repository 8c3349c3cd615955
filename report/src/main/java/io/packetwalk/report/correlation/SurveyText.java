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
        Phrase.of(SurveyFlows.counted(report.packets(), "packet"), Tone.STRONG)
            .and(" of " + SurveyFlows.counted(report.flows().size(), "flow"))
            .and(", seen %d times at ".formatted(report.sightings()))
            .and(SurveyFlows.counted(report.taps().taps().size(), "tap")));
    page.line(
        Phrase.of("  ")
            .and(SurveyFlows.counted(ended, "flow"), ended > 0 ? Tone.BAD : Tone.GOOD)
            .and(ended == 1 ? " ends" : " end")
            .and(" on the way, as predicted; ")
            .and(SurveyFlows.counted(differing, "flow"), differing > 0 ? Tone.BAD : Tone.GOOD)
            .and(differing == 1 ? " isn't as predicted; " : " aren't as predicted; ")
            .and(SurveyFlows.counted(report.lost(), "packet"), lostTone(report))
            .and(" lost elsewhere"),
        4);
    if (report.ambiguous() > 0 || report.errors() > 0) {
      page.line(
          Phrase.of(
              "  %s can't be told from others for certain; %s about others"
                  .formatted(
                      SurveyFlows.counted(report.ambiguous(), "packet"),
                      SurveyFlows.counted(report.errors(), "ICMP error")),
              Tone.FAINT),
          4);
    }
  }

  private static Tone lostTone(SurveyReport report) {
    return report.lost() > 0 ? Tone.BAD : Tone.GOOD;
  }

  static void more(long count, Page page) {
    if (count > 0) {
      page.line(Phrase.of("  and %d more; -o json has all".formatted(count), Tone.FAINT));
    }
  }
}
