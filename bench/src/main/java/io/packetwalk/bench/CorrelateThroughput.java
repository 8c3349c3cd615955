package io.packetwalk.bench;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.correlate.Prelude;
import io.packetwalk.correlate.Reading;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.correlate.survey.Survey;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Recognises the packets of ten captures of the same traffic, and counts their ways as {@code
 * correlate} without a question does: {@code CorrelateThroughput FOLDER PACKETS ROUNDS}. Makes the
 * captures when the folder isn't there. Prints sightings, trajectories and times.
 */
final class CorrelateThroughput {
  private CorrelateThroughput() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    if (!Files.isDirectory(folder)) {
      new TenCaptures(folder).write(Integer.parseInt(arguments[1]));
    }
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      measure(folder);
    }
  }

  private static void measure(Path folder) throws IOException {
    Snapshot nothing = StateReader.read(StateFiles.of("nothing.txt", ""));
    List<CaptureFile> files = CaptureFile.find(List.of(folder));
    long start = System.nanoTime();
    long processor = processor();
    TapBook first = new TapBook(files, Map.of(), Map.of(), nothing);
    Prelude prelude;
    try (MergedCaptures captures = MergedCaptures.open(files, MergedCaptures.Correction.NONE)) {
      prelude = Prelude.of(captures, first, TunnelPorts.STANDARD);
    }
    Survey survey = new Survey();
    Matcher matcher = new Matcher(Matcher.Limits.USUAL, survey);
    TapBook book = new TapBook(files, Map.of(), Map.of(), nothing);
    try (MergedCaptures captures = MergedCaptures.open(files, prelude.correction())) {
      Reading reading =
          new Reading(
              captures,
              book,
              prelude,
              TunnelPorts.STANDARD,
              matcher,
              survey::clock,
              Reading.FrameWatch.NONE);
      while (reading.step()) {}
      double seconds = (System.nanoTime() - start) / 1e9;
      double used = (processor() - processor) / 1e9;
      System.out.printf(
          "%d sightings, %d packets, %d not told apart; %.2f s, %.2f s of processor: %.2f million"
              + " sightings a second of processor%n",
          reading.frames(),
          survey.packets(),
          survey.ambiguous(),
          seconds,
          used,
          reading.frames() / used / 1e6);
    }
  }

  private static long processor() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
