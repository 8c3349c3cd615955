package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.capture.tap.TapName;
import io.packetwalk.correlate.Collector;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Prelude;
import io.packetwalk.correlate.Reading;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.Wanted;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One correlation: captures that are read together, and the state that explains them. */
final class CorrelateRun {
  private static final int REPORT_EVERY = 1 << 14;

  private final Snapshot snapshot;
  private final List<CaptureFile> files;
  private final Map<String, TapName> told;
  private final Matcher.Limits limits;
  private final Progress progress;

  /** Who is told how far the reading came. */
  @FunctionalInterface
  interface Progress {
    /** Nobody. */
    Progress NONE = (frames, bytes) -> {};

    void at(long frames, long bytes);
  }

  CorrelateRun(
      Snapshot snapshot,
      List<CaptureFile> files,
      Map<String, TapName> told,
      Matcher.Limits limits,
      Progress progress) {
    this.snapshot = snapshot;
    this.files = files;
    this.told = told;
    this.limits = limits;
    this.progress = progress;
  }

  /** A run over the captures in these places, which say themselves where they were taken. */
  static CorrelateRun of(Snapshot snapshot, List<Path> captures) throws IOException {
    return new CorrelateRun(
        snapshot, CaptureFile.find(captures), Map.of(), Matcher.Limits.USUAL, Progress.NONE);
  }

  /**
   * Lays the packets of a question beside their prediction.
   *
   * @param sourcePort the source port that is meant; any when empty
   */
  Comparison compare(Walk walk, OptionalInt sourcePort) throws IOException {
    Prelude prelude = prelude();
    Collector collector = new Collector(Wanted.of(walk, sourcePort), TunnelPorts.STANDARD);
    Matcher matcher = new Matcher(limits, collector);
    Taps taps = read(prelude, matcher, collector);
    Walk own = sourcePort.isPresent() ? walk : withPortOf(walk, collector);
    return Comparison.of(snapshot, own, taps, collector);
  }

  /** The prediction for the source port that was really used: hashes depend on it. */
  private Walk withPortOf(Walk walk, Collector collector) {
    if (collector.requests().isEmpty()) {
      return walk;
    }
    Flow flow = collector.requests().getFirst().first().flow();
    Question asked = walk.question();
    Probe probe =
        switch (asked.probe()) {
          case Probe.TcpSyn tcp ->
              new Probe.TcpSyn(flow.sourcePort(), tcp.destinationPort(), tcp.size());
          case Probe.UdpDatagram udp ->
              new Probe.UdpDatagram(flow.sourcePort(), udp.destinationPort(), udp.size());
          case Probe.SctpInit sctp ->
              new Probe.SctpInit(flow.sourcePort(), sctp.destinationPort(), sctp.size());
          case Probe.IcmpMessage icmp ->
              new Probe.IcmpMessage(
                  icmp.type(), icmp.code(), flow.destinationPort(), icmp.sequence(), icmp.size());
        };
    Question own =
        new Question(
            asked.from(),
            asked.to(),
            asked.source(),
            probe,
            asked.hopLimit(),
            asked.dontFragment(),
            asked.premises());
    return Walker.walk(snapshot, own);
  }

  private TapBook book() {
    return new TapBook(files, told, Map.of(), snapshot);
  }

  private Prelude prelude() throws IOException {
    try (MergedCaptures captures = MergedCaptures.open(files, MergedCaptures.Correction.NONE)) {
      return Prelude.of(captures, book(), TunnelPorts.STANDARD);
    }
  }

  private Taps read(Prelude prelude, Matcher matcher, Reading.FrameWatch watch) throws IOException {
    TapBook book = book();
    try (MergedCaptures captures = MergedCaptures.open(files, prelude.correction())) {
      Reading reading = new Reading(captures, book, prelude, TunnelPorts.STANDARD, matcher, watch);
      while (reading.step()) {
        if (reading.frames() % REPORT_EVERY == 0) {
          progress.at(reading.frames(), captures.position());
        }
      }
      return reading.taps(files.size());
    }
  }
}
