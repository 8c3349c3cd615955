package io.packetwalk.report.walk;

import io.packetwalk.model.Source;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a walk takes for granted, and the commands that settle it. The same thing of several places
 * is said once, with each place's command.
 */
final class AssumptionLines {
  private final WalkNames names;
  private final Page page;
  private final boolean verbose;

  private AssumptionLines(WalkNames names, Page page, boolean verbose) {
    this.names = names;
    this.page = page;
    this.verbose = verbose;
  }

  static void write(List<Assumption> assumptions, WalkNames names, Page page, boolean verbose) {
    if (!assumptions.isEmpty()) {
      page.heading("Taken for granted, as the state doesn't show it");
      new AssumptionLines(names, page, verbose).write(assumptions);
    }
  }

  private void write(List<Assumption> assumptions) {
    int number = 1;
    for (List<Assumption> alike : grouped(assumptions)) {
      page.line(
          Phrase.of("%3s ".formatted(numbers(number, alike)), Tone.FAINT).and(text(alike)), 4);
      commands(alike);
      alike.forEach(each -> each.grounds().forEach(this::ground));
      number += alike.size();
    }
  }

  private static String numbers(int first, List<Assumption> alike) {
    return alike.size() == 1 ? Integer.toString(first) : first + "–" + (first + alike.size() - 1);
  }

  private List<List<Assumption>> grouped(List<Assumption> assumptions) {
    Map<String, List<Assumption>> groups = new LinkedHashMap<>();
    for (Assumption assumption : assumptions) {
      groups.computeIfAbsent(template(assumption), key -> new ArrayList<>(1)).add(assumption);
    }
    return List.copyOf(groups.values());
  }

  /** The sentence without its place, when it is about one place and rests on nothing shown. */
  private String template(Assumption assumption) {
    String text = assumption.text();
    return assumption.grounds().isEmpty()
        ? names.withoutPlace(text, placeholder(text, 0)).orElse(text)
        : text;
  }

  private String text(List<Assumption> alike) {
    String first = alike.getFirst().text();
    Optional<String> all =
        alike.size() > 1
            ? names.withoutPlace(first, placeholder(first, alike.size()))
            : Optional.empty();
    return all.orElseGet(() -> names.inText(first));
  }

  private static String placeholder(String text, int count) {
    return (text.startsWith("no ") ? "any" : "each") + " of these " + count + " places";
  }

  private void commands(List<Assumption> alike) {
    String lead = "    to settle it: ";
    for (Assumption assumption : alike) {
      if (!assumption.command().isEmpty()) {
        page.line(Phrase.of(lead, Tone.FAINT).and(assumption.command()), 6);
        lead = " ".repeat(lead.length());
      }
    }
  }

  private void ground(Source ground) {
    page.lines(StepLines.indented(StepLines.source(ground, verbose), 4, page.columns()));
  }
}
