package io.packetwalk.proof.observed;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.correlate.Collector;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Prelude;
import io.packetwalk.correlate.Reading;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.Wanted;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.correlate.match.PacketSink;
import io.packetwalk.correlate.survey.Survey;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The captures in a folder, read as often as there are questions about them. */
public final class Captures {
  private final Snapshot snapshot;
  private final List<CaptureFile> files;
  private final Prelude prelude;
  private final Matcher.Limits limits;

  /** Looks at the beginning of each of them. */
  public Captures(Path folder, Snapshot snapshot) throws IOException {
    this.snapshot = snapshot;
    this.files = CaptureFile.find(List.of(folder));
    long bytes = 0;
    for (CaptureFile file : files) {
      bytes += Files.size(file.path());
    }
    // Small captures need no large window.
    this.limits =
        new Matcher.Limits(
            Matcher.Limits.USUAL.window(),
            Math.clamp(bytes / 60, 1 << 12, Matcher.Limits.USUAL.sightings()));
    try (MergedCaptures captures = MergedCaptures.open(files, MergedCaptures.Correction.NONE)) {
      this.prelude = Prelude.of(captures, book(), TunnelPorts.STANDARD);
    }
  }

  TapBook book() {
    return new TapBook(files, Map.of(), Map.of(), snapshot);
  }

  /** Reads all of them. */
  Taps read(TapBook book, PacketSink sink, Reading.FrameWatch watch) throws IOException {
    return read(book, new Matcher(limits, sink), (_, _) -> {}, watch);
  }

  private Taps read(
      TapBook book, Matcher matcher, Reading.ClockWatch clocks, Reading.FrameWatch watch)
      throws IOException {
    try (MergedCaptures captures = MergedCaptures.open(files, prelude.correction())) {
      Reading reading =
          new Reading(captures, book, prelude, TunnelPorts.STANDARD, matcher, clocks, watch);
      while (reading.step()) {}
      return reading.taps(files.size());
    }
  }

  /** What was seen of this walk's packets with this source port. */
  public Comparison compare(Walk walk, int sourcePort) throws IOException {
    Collector collector =
        new Collector(Wanted.of(walk, OptionalInt.of(sourcePort)), TunnelPorts.STANDARD);
    Taps taps = read(book(), collector, collector);
    return Comparison.of(snapshot, walk, _ -> walk, taps, collector);
  }

  /** What was seen of everything. */
  public SurveyReport survey() throws IOException {
    Survey survey = new Survey();
    Matcher matcher = new Matcher(limits, survey);
    Taps taps = read(book(), matcher, survey::clock, Reading.FrameWatch.NONE);
    return SurveyReport.of(survey, matcher, taps, snapshot);
  }
}
