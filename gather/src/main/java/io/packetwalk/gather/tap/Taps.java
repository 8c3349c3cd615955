package io.packetwalk.gather.tap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Taps that run at the same time. */
public final class Taps implements AutoCloseable {
  /** What came in until the time was noted is read meanwhile. */
  private static final long GRACE_MILLIS = 200;

  private final List<Tap> taps;
  private final List<TapReport> failed;

  private Taps(List<Tap> taps, List<TapReport> failed) {
    this.taps = taps;
    this.failed = failed;
  }

  /**
   * Starts a tap at each point and waits until all of them capture. One that can't is reported in
   * the end; the others go on. They live as long as the calling thread at most.
   */
  public static Taps start(List<TapPoint> points, Path folder, String filter, int snapLength)
      throws InterruptedException {
    List<Tap> taps = new ArrayList<>();
    List<TapReport> failed = new ArrayList<>();
    for (TapPoint point : points) {
      try {
        taps.add(Tap.start(point, folder, filter, snapLength));
      } catch (IOException failure) {
        failed.add(
            new TapReport(
                point,
                OptionalLong.empty(),
                OptionalLong.empty(),
                Optional.of(String.valueOf(failure.getMessage()))));
      }
    }
    for (Tap tap : taps) {
      tap.await();
    }
    noteTime(taps);
    return new Taps(taps, failed);
  }

  /** Each tap notes that it captures now, by its own node's clock. */
  private static void noteTime(List<Tap> taps) throws InterruptedException {
    Map<String, Optional<String>> times = new LinkedHashMap<>();
    for (Tap tap : taps) {
      String node = tap.point().node();
      if (!times.containsKey(node)) {
        times.put(node, NodeTime.at(tap.point().reach()));
      }
    }
    for (Tap tap : taps) {
      times.getOrDefault(tap.point().node(), Optional.empty()).ifPresent(tap::capturesAt);
    }
  }

  /** How many are capturing. */
  public long alive() {
    return taps.stream().filter(Tap::isAlive).count();
  }

  /** Ends all of them. */
  public List<TapReport> stop() throws InterruptedException {
    List<TapReport> reports = new ArrayList<>();
    List<Tap> ended = taps.stream().filter(tap -> !tap.isAlive()).toList();
    for (Tap tap : ended) {
      reports.add(tap.stop());
    }
    noteTime(taps);
    Thread.sleep(GRACE_MILLIS);
    List<Tap> running = taps.stream().filter(tap -> !ended.contains(tap)).toList();
    for (Tap tap : running) {
      reports.add(tap.stop());
    }
    reports.addAll(failed);
    return reports;
  }

  @Override
  public void close() {
    taps.forEach(Tap::end);
  }
}
