package io.packetwalk.gather.tap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Taps that run at the same time. */
public final class Taps implements AutoCloseable {
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
    return new Taps(taps, failed);
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
