package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Repetition;
import io.packetwalk.correlate.Way;
import io.packetwalk.explain.Explanation;
import io.packetwalk.report.Asked;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.report.walk.WalkNames;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The first lines about a question's packets: how they fared, how many there were. */
final class ComparisonHead {
  private static final int LABEL = 11;

  private ComparisonHead() {}

  private static Tone tone(Ending ending) {
    return switch (ending) {
      case ARRIVED -> Tone.GOOD;
      case DIED, REFUSED, PARTED, ENDED_AS_PREDICTED -> Tone.BAD;
      case UNKNOWN -> Tone.DOUBTFUL;
    };
  }

  private static String word(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static void write(
      Comparison comparison, Explanation explanation, Asked asked, WalkNames places, Page page) {
    page.line(
        Phrase.of(title(comparison, explanation), tone(explanation.ending()))
            .and("  ")
            .and(asked.from(), Tone.STRONG)
            .and(" → ", Tone.FAINT)
            .and(asked.to(), Tone.STRONG));
    fact("seen", Phrase.of(places.inText(explanation.headline())), page);
    fact("packets", Phrase.of(counts(comparison)), page);
    Branch branch =
        comparison
            .telling()
            .map(Way::branch)
            .orElseGet(() -> comparison.walk().forward().branches().getFirst());
    fact(
        "predicted",
        Phrase.of(branch.verdict().name().toLowerCase(Locale.ROOT) + ": ")
            .and(places.inText(branch.reason())),
        page);
  }

  /** What ends as predicted is called what the prediction calls it. */
  private static String title(Comparison comparison, Explanation explanation) {
    boolean predicted = explanation.ending() == Ending.ENDED_AS_PREDICTED;
    Verdict verdict =
        comparison.telling().map(way -> way.branch().verdict()).orElse(Verdict.UNDETERMINED);
    boolean named = predicted && verdict != Verdict.UNDETERMINED && verdict != Verdict.DELIVERED;
    String text = named ? verdict.name() + " as predicted" : word(explanation.ending());
    return text.toUpperCase(Locale.ROOT);
  }

  private static void fact(String label, Phrase text, Page page) {
    page.line(Phrase.of("  " + label, Tone.FAINT).padded(LABEL + 2).and(text), LABEL + 2);
  }

  private static String counts(Comparison comparison) {
    Map<String, Long> endings =
        comparison.requests().stream()
            .collect(
                Collectors.groupingBy(
                    way -> word(way.ending()), LinkedHashMap::new, Collectors.counting()));
    String text =
        endings.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return comparison.requestCount()
        + " there"
        + (text.isEmpty() ? "" : " (" + text + ")")
        + repeated(comparison, Repetition.RETRANSMISSION, " of them retransmissions")
        + repeated(comparison, Repetition.DUPLICATE, " of them duplicates")
        + repeated(comparison, Repetition.UNCLEAR, " of them retransmissions or duplicates")
        + "; "
        + comparison.replyCount()
        + " back"
        + (comparison.errors().isEmpty()
            ? ""
            : "; " + SurveyFlows.counted(comparison.errors().size(), "ICMP error"));
  }

  private static String repeated(Comparison comparison, Repetition kind, String words) {
    long count =
        comparison.requests().stream()
            .filter(way -> comparison.repetition(way.trajectory()) == kind)
            .count();
    return count > 0 ? ", " + count + words : "";
  }
}
