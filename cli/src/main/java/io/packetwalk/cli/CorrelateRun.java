package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.KernelDrops;
import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.capture.tap.TapName;
import io.packetwalk.correlate.Collector;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Prelude;
import io.packetwalk.correlate.Reading;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.Trajectory;
import io.packetwalk.correlate.Wanted;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.correlate.place.Placing;
import io.packetwalk.correlate.survey.Survey;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** One correlation: captures that are read together, and the state that explains them. */
final class CorrelateRun {
  private static final int REPORT_EVERY = 1 << 14;
  private static final int MOST_PORTS = 256;
  private static final int SMALLEST_FRAME = 44;
  private static final int MOST_COMPRESSED = 100;
  private static final int FEWEST = 1 << 12;

  private final Snapshot snapshot;
  private final List<CaptureFile> files;
  private final Map<String, TapName> told;
  private final Matcher.Limits limits;
  private final Progress progress;
  private Map<TapBook.TapKey, Tap> guesses = Map.of();
  private Optional<Prelude> prelude = Optional.empty();

  /** Who is told how far the reading came. */
  @FunctionalInterface
  interface Progress {
    /** Nobody. */
    Progress NONE = (frames, bytes) -> {};

    void at(long frames, long bytes);
  }

  CorrelateRun(
      Snapshot snapshot, List<CaptureFile> files, Map<String, TapName> told, Progress progress)
      throws IOException {
    this.snapshot = snapshot;
    this.files = files;
    this.told = told;
    this.limits = limits(files);
    this.progress = progress;
  }

  /** Small captures need no large window: what it takes is memory that has to be cleared. */
  private static Matcher.Limits limits(List<CaptureFile> files) throws IOException {
    long frames = 0;
    for (CaptureFile file : files) {
      long size = Files.size(file.path());
      String name = file.shown();
      boolean compressed = name.endsWith(".gz") || name.endsWith(".zst");
      frames += size / SMALLEST_FRAME * (compressed ? MOST_COMPRESSED : 1);
    }
    Matcher.Limits usual = Matcher.Limits.USUAL;
    int sightings = Math.clamp(frames, FEWEST, usual.sightings());
    return new Matcher.Limits(usual.window(), sightings);
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
    Taps taps = read(prelude, matcher, (_, _) -> {}, book(), collector);
    Walker walker = new Walker(snapshot);
    Map<Integer, Walk> walks = new LinkedHashMap<>();
    for (Trajectory request : collector.requests()) {
      int port = Wanted.clientPort(request.first().flow());
      if (walks.size() < MOST_PORTS && !walks.containsKey(port)) {
        walks.put(port, walker.walk(withPort(walk.question(), port)));
      }
    }
    Walk usual = walks.isEmpty() ? walk : walks.values().iterator().next();
    return Comparison.of(snapshot, usual, port -> walks.getOrDefault(port, usual), taps, collector);
  }

  /** The question with the source port that was really used: hashes depend on it. */
  private static Question withPort(Question asked, int port) {
    Probe probe =
        switch (asked.probe()) {
          case Probe.TcpSyn tcp -> new Probe.TcpSyn(port, tcp.destinationPort(), tcp.size());
          case Probe.UdpDatagram udp ->
              new Probe.UdpDatagram(port, udp.destinationPort(), udp.size());
          case Probe.SctpInit sctp -> new Probe.SctpInit(port, sctp.destinationPort(), sctp.size());
          case Probe.IcmpMessage icmp ->
              new Probe.IcmpMessage(icmp.type(), icmp.code(), port, icmp.sequence(), icmp.size());
        };
    return new Question(
        asked.from(),
        asked.to(),
        asked.source(),
        probe,
        asked.hopLimit(),
        asked.dontFragment(),
        asked.device(),
        asked.premises());
  }

  /** Counts everything, and judges it by the state. */
  SurveyReport survey() throws IOException {
    Prelude prelude = prelude();
    Survey survey = new Survey();
    Matcher matcher = new Matcher(limits, survey);
    Taps taps = read(prelude, matcher, survey::clock, book(), Reading.FrameWatch.NONE);
    return SurveyReport.of(survey, matcher, taps, snapshot);
  }

  /**
   * Writes one capture of all.
   *
   * @param compared the question whose packets alone are written, with their predicted steps
   */
  void merge(OutputStream output, Optional<Comparison> compared) throws IOException {
    Prelude prelude = prelude();
    TapBook book = book();
    MergedPcapng merged =
        new MergedPcapng(output, book, snapshot, compared.map(PredictedSteps::of));
    Matcher matcher = new Matcher(limits, _ -> {}, merged::leave);
    read(prelude, matcher, (_, _) -> {}, book, merged);
  }

  private TapBook book() {
    return new TapBook(files, told, guesses, snapshot);
  }

  private Prelude prelude() throws IOException {
    if (prelude.isEmpty()) {
      try (MergedCaptures captures = MergedCaptures.open(files, MergedCaptures.Correction.NONE)) {
        guesses = Placing.of(captures, book(), TunnelPorts.STANDARD, snapshot);
      }
      try (MergedCaptures captures = MergedCaptures.open(files, MergedCaptures.Correction.NONE)) {
        prelude = Optional.of(Prelude.of(captures, book(), TunnelPorts.STANDARD));
      }
    }
    return prelude.get();
  }

  private Taps read(
      Prelude prelude,
      Matcher matcher,
      Reading.ClockWatch clocks,
      TapBook book,
      Reading.FrameWatch watch)
      throws IOException {
    try (MergedCaptures captures = MergedCaptures.open(files, prelude.correction())) {
      Reading reading =
          new Reading(captures, book, prelude, TunnelPorts.STANDARD, matcher, clocks, watch);
      while (reading.step()) {
        if (reading.frames() % REPORT_EVERY == 0) {
          progress.at(reading.frames(), captures.position());
        }
      }
      return reading.taps(files.size()).with(new FilterAdmission(), KernelDrops.beside(files));
    }
  }
}
