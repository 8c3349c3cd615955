package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Ending;
import io.packetwalk.explain.Explanation;
import io.packetwalk.explain.Finding;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.report.walk.WalkNames;
import java.util.List;

/** A question's packets as predicted and as seen, for a terminal. */
public final class ComparisonText {
  private final Names names;
  private final Paper paper;

  public ComparisonText(Names names, Paper paper) {
    this.names = names;
    this.paper = paper;
  }

  /** The lines, each ended. */
  public String of(Comparison comparison, Explanation explanation, Asked asked) {
    Page page = new Page(paper);
    WalkNames places = new WalkNames(names, comparison.walk());
    ComparisonHead.write(comparison, explanation, asked, places, page);
    explanation.findings().forEach(finding -> finding(finding, places, page));
    WayText ways = new WayText(names, comparison, page);
    comparison
        .telling()
        .ifPresent(way -> ways.write(way, "The packet", comparison.requests().size()));
    comparison.replies().stream()
        .filter(way -> way.ending() != Ending.ARRIVED)
        .findFirst()
        .or(() -> comparison.replies().stream().findFirst())
        .ifPresent(way -> ways.write(way, "The answer", comparison.replies().size()));
    guesses(comparison, page);
    return page.text();
  }

  private static void finding(Finding finding, WalkNames places, Page page) {
    page.gap();
    page.line(
        Phrase.of(finding.certain() ? "Cause: " : "Probable cause: ", Tone.STRONG)
            .and(places.inText(finding.cause())),
        2);
    finding
        .evidence()
        .forEach(text -> page.line(Phrase.of("  · ", Tone.FAINT).and(places.inText(text)), 4));
    finding
        .sources()
        .forEach(source ->
            page.line(
                Phrase.of("  " + source.file() + ":" + source.line() + "  ", Tone.FAINT)
                    .and(source.text(), Tone.QUOTE),
                6));
    if (!finding.remedy().isEmpty()) {
      page.line(Phrase.of("  → ", Tone.FAINT).and(finding.remedy()), 4);
    }
  }

  private static void guesses(Comparison comparison, Page page) {
    List<String> guessed =
        comparison.taps().taps().stream()
            .filter(tap -> !tap.isSure())
            .map(tap -> tap.capture() + " (" + tap.name() + ")")
            .toList();
    if (!guessed.isEmpty()) {
      page.gap()
          .line(
              Phrase.of("Where these were captured is a guess, or unknown: ", Tone.DOUBTFUL)
                  .and(String.join(", ", guessed))
                  .and("; --tap FILE=NODE/NETNS/DEVICE says it"),
              2);
    }
  }
}
