package io.packetwalk.report.correlation;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.correlate.clock.Skew;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.survey.Conformity;
import io.packetwalk.correlate.survey.DropPoint;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.PathUse;
import io.packetwalk.correlate.survey.SegmentUse;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.Names;
import io.packetwalk.report.text.Page;
import io.packetwalk.report.text.Paper;
import io.packetwalk.report.text.Phrase;
import io.packetwalk.report.text.Table;
import io.packetwalk.report.text.Tone;
import io.packetwalk.wire.IpAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** All that captures show, as tables for a terminal. */
public final class SurveyText {
  private static final int MOST_FLOWS = 40;
  private static final int MOST_ROWS = 40;

  private final Names names;
  private final Page page;
  private final Taps taps;
  private final SurveyReport report;

  private SurveyText(Names names, Paper paper, SurveyReport report) {
    this.names = names;
    this.page = new Page(paper);
    this.taps = report.taps();
    this.report = report;
  }

  /** The lines, each ended. */
  public static String of(SurveyReport report, Names names, Paper paper) {
    return new SurveyText(names, paper, report).text();
  }

  private String text() {
    long differing =
        report.flows().stream().filter(flow -> flow.conformity() == Conformity.DIFFERS).count();
    page.line(
        Phrase.of(report.packets() + " packets", Tone.STRONG)
            .and(" in %d sightings at %d taps; ".formatted(report.sightings(), taps.taps().size()))
            .and("%d flows, ".formatted(report.flows().size()))
            .and(differing + " not as predicted", differing > 0 ? Tone.BAD : Tone.GOOD)
            .and("; ")
            .and(report.lost() + " packets lost", report.lost() > 0 ? Tone.BAD : Tone.GOOD)
            .and(
                report.ambiguous() > 0
                    ? "; %d can't be told apart for certain".formatted(report.ambiguous())
                    : "")
            .and(
                report.errors() > 0
                    ? "; %d ICMP errors about them".formatted(report.errors())
                    : ""));
    drops();
    flows();
    segments();
    clocks();
    tapTable();
    return page.text();
  }

  private void drops() {
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
          Phrase.of(flow(drop.flow())),
          Phrase.of("after ", Tone.FAINT).and(name(drop.after())),
          Phrase.of(sure ? "absent at " : "unknown at ", sure ? Tone.BAD : Tone.DOUBTFUL)
              .and(name(drop.next()))
              .and(drop.sight() instanceof Sight.Unknown unknown ? ": " + unknown.reason() : ""));
    }
    table.write(page);
    more(drops.size() - MOST_ROWS);
  }

  private void more(long count) {
    if (count > 0) {
      page.line(Phrase.of("  and %d more; -o json has all".formatted(count), Tone.FAINT));
    }
  }

  private void flows() {
    page.heading("Flows");
    List<FlowReport> shown =
        report.flows().stream()
            .sorted(Comparator.comparing(flow -> flow.conformity() != Conformity.DIFFERS))
            .limit(MOST_FLOWS)
            .toList();
    for (FlowReport flow : shown) {
      Phrase line =
          mark(flow)
              .and(" " + flow(flow.use().flow()), Tone.NAME)
              .and("  %d packets".formatted(flow.use().packets()))
              .and(
                  flow.use().repeated() > 0
                      ? ", %d retransmissions".formatted(flow.use().repeated())
                      : "");
      page.line(line, 4);
      List<PathUse> paths = flow.use().paths();
      for (PathUse path : paths.subList(0, Math.min(3, paths.size()))) {
        page.line(Phrase.of("    %6d  ".formatted(path.packets())).and(way(path), Tone.FAINT), 12);
      }
      if (!flow.reason().isEmpty()) {
        page.line(Phrase.of("    " + flow.reason(), tone(flow)), 6);
      }
    }
    more(report.flows().size() - MOST_FLOWS);
  }

  private static Phrase mark(FlowReport flow) {
    return switch (flow.conformity()) {
      case FOLLOWS -> Phrase.of("✓", Tone.GOOD);
      case DIFFERS -> Phrase.of("≠", Tone.BAD);
      case UNKNOWN -> Phrase.of("?", Tone.DOUBTFUL);
    };
  }

  private static Tone tone(FlowReport flow) {
    return flow.conformity() == Conformity.DIFFERS ? Tone.BAD : Tone.FAINT;
  }

  private String way(PathUse path) {
    return path.taps().stream().map(this::name).collect(Collectors.joining(" → "));
  }

  private String name(int tap) {
    Tap at = taps.tap(tap);
    String place =
        at.place().isHost()
            ? at.place().node()
            : names.podOf(at.place()).orElse(at.place().node() + ":" + at.place().name());
    return place + " " + at.device();
  }

  private String flow(Flow flow) {
    boolean ping = flow.protocol() == 1 || flow.protocol() == 58;
    String ports = ping ? "" : flow.sourcePort() == 0 ? "" : ":" + flow.sourcePort();
    String end = ping || flow.destinationPort() == 0 ? "" : ":" + flow.destinationPort();
    return end(flow.source())
        + ports
        + " → "
        + end(flow.destination())
        + end
        + " "
        + protocol(flow);
  }

  private String end(IpAddress address) {
    return names
        .of(address)
        .map(name -> name.substring(name.indexOf(' ') + 1))
        .orElse(address + "");
  }

  private static String protocol(Flow flow) {
    return switch (flow.protocol()) {
      case 1 -> "icmp type " + flow.sourcePort();
      case 6 -> "tcp";
      case 17 -> "udp";
      case 58 -> "icmpv6 type " + flow.sourcePort();
      case 132 -> "sctp";
      default -> "protocol " + flow.protocol();
    };
  }

  private void segments() {
    if (report.segments().isEmpty()) {
      return;
    }
    page.heading("Delays from tap to tap");
    Table table = new Table(2);
    table.row(
        Phrase.of("packets", Tone.FAINT),
        Phrase.of("median", Tone.FAINT),
        Phrase.of("90 %", Tone.FAINT),
        Phrase.of("99 %", Tone.FAINT),
        Phrase.of("most", Tone.FAINT),
        Phrase.of("segment", Tone.FAINT));
    List<SegmentUse> busiest =
        report.segments().stream()
            .sorted(Comparator.comparingLong((SegmentUse use) -> use.delays().count()).reversed())
            .limit(MOST_ROWS)
            .toList();
    for (SegmentUse use : busiest) {
      Offset offset = taps.between(use.from(), use.to(), 0);
      String bound = offset.bound() == 0 ? "" : "  (clocks" + Durations.bound(offset.bound()) + ")";
      table.row(
          Phrase.of(use.delays().count() + ""),
          Phrase.of(Durations.of(use.delays().percentile(0.5))),
          Phrase.of(Durations.of(use.delays().percentile(0.9))),
          Phrase.of(Durations.of(use.delays().percentile(0.99))),
          Phrase.of(Durations.of(use.delays().most())),
          Phrase.of(name(use.from()) + " → " + name(use.to())).and(bound, Tone.FAINT));
    }
    table.write(page);
    more(report.segments().size() - MOST_ROWS);
  }

  private void clocks() {
    List<String> nodes = taps.clocks().nodes();
    if (nodes.size() < 2) {
      return;
    }
    page.heading("Clocks");
    Table table = new Table(2);
    for (int node = 0; node < nodes.size(); node++) {
      int reference = taps.clocks().reference(node);
      if (reference == node) {
        table.row(Phrase.of(nodes.get(node), Tone.NAME), Phrase.of("the reference", Tone.FAINT));
        continue;
      }
      Offset offset = taps.clocks().offset(node, SurveyJson.middle(report));
      Skew skew = taps.clocks().skew(node);
      String ahead =
          "ahead of %s by %s%s"
              .formatted(
                  nodes.get(reference),
                  Durations.of(offset.ahead()),
                  Durations.bound(offset.bound()));
      String gain =
          Double.isInfinite(skew.bound())
              ? ""
              : String.format(
                  Locale.ROOT, "  gains %.1f ± %.1f ppm", skew.partsPerMillion(), skew.bound());
      String step = taps.clocks().isSteady(node) ? "" : "  it was set, or runs unevenly";
      table.row(Phrase.of(nodes.get(node), Tone.NAME), Phrase.of(ahead + gain + step));
    }
    table.write(page);
  }

  private void tapTable() {
    page.heading("Taps");
    Table table = new Table(2);
    for (int number = 0; number < taps.taps().size(); number++) {
      Tap tap = taps.tap(number);
      TapLife life = taps.life(number);
      String lost =
          life.dropped().isPresent() ? life.dropped().getAsLong() + " lost" : "losses not told";
      String cut = life.cut() > 0 ? ", %d cut too short".formatted(life.cut()) : "";
      String damaged = life.damaged() ? ", damaged" : "";
      String guess =
          tap.isSure() ? "" : "  placed by " + tap.placement().name().toLowerCase(Locale.ROOT);
      table.row(
          Phrase.of(name(number), Tone.NAME),
          Phrase.of(life.frames() + " frames"),
          Phrase.of(lost + cut + damaged, Tone.FAINT).and(guess, Tone.DOUBTFUL));
    }
    table.write(page);
  }
}
