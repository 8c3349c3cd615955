package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Difference;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.explain.Explanation;
import io.packetwalk.explain.Finding;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.packet.Summary;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Table;
import io.packetwalk.report.text.Tone;
import io.packetwalk.report.walk.WalkNames;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.wire.layer.Packet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A question's packets as predicted and as seen, for a terminal. */
public final class ComparisonText {
  private static final int LABEL = 11;

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
    headline(comparison, explanation, asked, places, page);
    explanation.findings().forEach(finding -> finding(finding, places, page));
    comparison
        .telling()
        .ifPresent(way -> {
          heading(way, comparison, comparison.requests().size(), "The packet", page);
          way(way, comparison, page);
        });
    comparison.replies().stream()
        .filter(way -> way.ending() != Ending.ARRIVED)
        .findFirst()
        .or(() -> comparison.replies().stream().findFirst())
        .ifPresent(way -> {
          heading(way, comparison, comparison.replies().size(), "The answer", page);
          way(way, comparison, page);
        });
    guesses(comparison, page);
    return page.text();
  }

  private static Tone tone(Ending ending) {
    return switch (ending) {
      case ARRIVED -> Tone.GOOD;
      case DIED, PARTED, ENDED_AS_PREDICTED -> Tone.BAD;
      case UNKNOWN -> Tone.DOUBTFUL;
    };
  }

  private static String word(Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static void headline(
      Comparison comparison, Explanation explanation, Asked asked, WalkNames places, Page page) {
    page.line(
        Phrase.of(word(explanation.ending()).toUpperCase(Locale.ROOT), tone(explanation.ending()))
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
    long repeated =
        comparison.requests().stream()
            .filter(way -> comparison.repeated().contains(way.trajectory().id()))
            .count();
    return comparison.requestCount()
        + " there"
        + (text.isEmpty() ? "" : " (" + text + ")")
        + (repeated > 0 ? ", " + repeated + " of them retransmissions" : "")
        + "; "
        + comparison.replyCount()
        + " back"
        + (comparison.errors().isEmpty() ? "" : "; " + comparison.errors().size() + " ICMP errors");
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

  private static void heading(Way way, Comparison comparison, int count, String what, Page page) {
    String repeated =
        comparison.repeated().contains(way.trajectory().id()) ? ", a retransmission" : "";
    String doubt = way.trajectory().quality().isSure() ? "" : ", recognised with doubt";
    page.heading(
        "%s, as predicted and as seen (number %d%s%s%s)"
            .formatted(
                what,
                way.trajectory().id(),
                repeated,
                doubt,
                count > 1 ? ", one of " + count : ""));
  }

  private void way(Way way, Comparison comparison, Page page) {
    Optional<NamespaceId> place = Optional.empty();
    Table table = new Table(2);
    for (Hop hop : way.hops()) {
      if (!place.equals(Optional.of(hop.step().place()))) {
        place = Optional.of(hop.step().place());
        table.write(page);
        table = new Table(2);
        page.line(Phrase.of(" " + name(hop.step().place()), Tone.STRONG));
      }
      table.row(mark(hop), device(hop), seen(hop), Phrase.of(packet(hop), Tone.FAINT));
      details(hop, table);
    }
    table.write(page);
    for (Seen seen : way.unpredicted()) {
      page.line(
          Phrase.of("  ! ", Tone.BAD)
              .and("seen at " + comparison.taps().tap(seen.tap()).name())
              .and(", where it wasn't predicted"),
          4);
    }
    List<String> beside =
        way.beside().stream()
            .map(seen -> comparison.taps().tap(seen.tap()).name())
            .distinct()
            .toList();
    if (!beside.isEmpty()) {
      page.line(Phrase.of("  also seen at " + String.join(", ", beside), Tone.FAINT), 4);
    }
  }

  private String name(NamespaceId place) {
    return place.node() + names.inNode(place).map(name -> " " + name).orElse("");
  }

  private static Phrase mark(Hop hop) {
    return switch (hop.sight()) {
      case Sight.There there ->
          there.differences().stream().anyMatch(Difference::isGrave)
              ? Phrase.of("≠", Tone.DOUBTFUL)
              : Phrase.of("✓", Tone.GOOD);
      case Sight.Absent _ -> Phrase.of("✗", Tone.BAD);
      case Sight.Unknown _ -> Phrase.of("?", Tone.DOUBTFUL);
    };
  }

  private static Phrase device(Hop hop) {
    String way = hop.step().stage() == Stage.EGRESS ? " out" : " in";
    return Phrase.of(hop.step().device(), Tone.NAME).and(way, Tone.FAINT);
  }

  private static Phrase seen(Hop hop) {
    return switch (hop.sight()) {
      case Sight.There there ->
          there.since().isEmpty()
              ? Phrase.of("seen")
              : Phrase.of(
                  "+" + Durations.of(there.since().getAsLong()) + Durations.bound(there.bound()));
      case Sight.Absent _ -> Phrase.of("absent", Tone.BAD);
      case Sight.Unknown _ -> Phrase.of("unknown", Tone.DOUBTFUL);
    };
  }

  private static String packet(Hop hop) {
    Packet packet =
        hop.sight() instanceof Sight.There there
            ? there.seen().decoded().map(decoded -> decoded.packet()).orElse(hop.step().packet())
            : hop.step().packet();
    return Summary.of(packet).stream().map(Summary::text).collect(Collectors.joining(" | "));
  }

  private static void details(Hop hop, Table table) {
    switch (hop.sight()) {
      case Sight.There there -> {
        for (Difference difference : there.differences()) {
          table.row(
              Phrase.EMPTY,
              Phrase.EMPTY,
              Phrase.EMPTY,
              Phrase.of(
                  "%s %s: predicted %s, seen %s"
                      .formatted(
                          difference.header(),
                          difference.field().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                          difference.predicted(),
                          difference.seen()),
                  Tone.CHANGED));
        }
      }
      case Sight.Absent absent ->
          table.row(Phrase.EMPTY, Phrase.EMPTY, Phrase.EMPTY, Phrase.of(absent.proof()));
      case Sight.Unknown unknown ->
          table.row(Phrase.EMPTY, Phrase.EMPTY, Phrase.EMPTY, Phrase.of(unknown.reason()));
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
