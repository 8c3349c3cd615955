package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Difference;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Trajectory;
import io.packetwalk.correlate.Way;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.report.Names;
import io.packetwalk.report.packet.Summary;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Table;
import io.packetwalk.report.text.Tone;
import io.packetwalk.walk.Stage;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One packet's way for a terminal: predicted places with what was seen at each. */
final class WayText {
  private final Names names;
  private final Comparison comparison;
  private final Page page;
  private List<Summary> before = List.of();
  private String why = "";

  WayText(Names names, Comparison comparison, Page page) {
    this.names = names;
    this.comparison = comparison;
    this.page = page;
  }

  /**
   * Writes it.
   *
   * @param what what the packet is
   * @param count how many of its kind there are
   */
  void write(Way way, String what, int count) {
    heading(way, what, count);
    before = List.of();
    why = "";
    way(way);
    comparison.errorAbout(way).ifPresent(this::error);
  }

  private void heading(Way way, String what, int count) {
    String repeated =
        switch (comparison.repetition(way.trajectory())) {
          case NONE -> "";
          case RETRANSMISSION -> ", a retransmission";
          case DUPLICATE -> ", a duplicate";
          case UNCLEAR -> ", a retransmission or a duplicate";
        };
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

  private void error(Trajectory error) {
    String told =
        error
            .first()
            .decoded()
            .map(decoded -> text(Summary.of(decoded.packet()).subList(0, 1)))
            .orElse("an ICMP error");
    page.line(
        Phrase.of("  ✉ ", Tone.BAD)
            .and("its sender was told: " + told)
            .and(
                "  (number %d, first seen at %s)"
                    .formatted(error.id(), comparison.taps().tap(error.first().tap()).name()),
                Tone.FAINT),
        4);
  }

  private void way(Way way) {
    Optional<NamespaceId> place = Optional.empty();
    Table table = new Table(2);
    int shown = shown(way);
    for (Hop hop : way.hops().subList(0, shown)) {
      if (!place.equals(Optional.of(hop.step().place()))) {
        place = Optional.of(hop.step().place());
        table.write(page);
        table = new Table(2);
        page.line(Phrase.of(" " + name(hop.step().place()), Tone.STRONG));
      }
      table.row(mark(hop), device(hop), seen(hop), contents(hop));
      differences(hop, table);
    }
    table.write(page);
    int rest = way.hops().size() - shown;
    if (rest > 0) {
      page.line(
          Phrase.of(
              "  no sighting at the %s predicted behind that"
                  .formatted(SurveyFlows.counted(rest, "place")),
              Tone.FAINT),
          4);
    }
    elsewhere(way);
  }

  /** Behind the place where it is missing nothing new is to be told of a packet. */
  private static int shown(Way way) {
    int last = Math.max(way.lastSeen().orElse(0), way.missing().orElse(0));
    boolean ended = way.missing().isPresent() || way.ending() == Ending.REFUSED;
    return ended ? Math.min(last + 1, way.hops().size()) : way.hops().size();
  }

  private void elsewhere(Way way) {
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

  /** The packet as it was seen there, or why it wasn't. */
  private Phrase contents(Hop hop) {
    return switch (hop.sight()) {
      case Sight.There there ->
          Phrase.of(
              packet(there.seen().decoded().map(Decoded::packet).orElse(hop.step().packet())),
              Tone.FAINT);
      case Sight.Absent absent -> Phrase.of(reason(absent.proof()));
      case Sight.Unknown unknown -> Phrase.of(reason(unknown.reason()));
    };
  }

  private String reason(String text) {
    String shown = text.equals(why) ? "likewise" : text;
    why = text;
    return shown;
  }

  private String packet(Packet packet) {
    List<Summary> now = Summary.of(packet);
    String text = isLike(now) ? limits(now) : text(now);
    before = now;
    return text;
  }

  /** Whether the packet differs from the line above in nothing but its hop limits. */
  private boolean isLike(List<Summary> now) {
    return now.size() == before.size()
        && IntStream.range(0, now.size())
            .allMatch(level -> now.get(level).isLike(before.get(level)));
  }

  private String limits(List<Summary> now) {
    return now.equals(before)
        ? ""
        : now.stream().map(Summary::limit).collect(Collectors.joining(" | "));
  }

  private static String text(List<Summary> levels) {
    return levels.stream().map(Summary::text).collect(Collectors.joining(" | "));
  }

  private static void differences(Hop hop, Table table) {
    if (hop.sight() instanceof Sight.There there) {
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
  }
}
