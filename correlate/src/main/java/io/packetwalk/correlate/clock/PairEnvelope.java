package io.packetwalk.correlate.clock;

import java.util.ArrayList;
import java.util.List;

/**
 * What the packets between two nodes show of their clocks. A packet can't arrive before it was
 * sent: each one from the first node to the second says that the second's clock is ahead by at most
 * the difference of the stamps, and each one back says that it is ahead by at least the difference,
 * negated. Of each slice of time only the tightest is kept.
 */
final class PairEnvelope {
  private static final int SLICES = 64;

  private final Side forward = new Side();
  private final Side backward = new Side();

  /** The tightest samples of one direction, by slices of time that grow as time goes on. */
  private static final class Side {
    private final long[] times = new long[SLICES];
    private final long[] differences = new long[SLICES];
    private final boolean[] used = new boolean[SLICES];
    private long start = Long.MIN_VALUE;
    private long width = 50_000_000;
    private long count;

    void add(long time, long difference) {
      if (start == Long.MIN_VALUE) {
        start = time;
      }
      long slice = Math.max(0, time - start) / width;
      while (slice >= SLICES) {
        halve();
        slice = Math.max(0, time - start) / width;
      }
      put((int) slice, time, difference);
      count++;
    }

    private void put(int slice, long time, long difference) {
      if (!used[slice] || difference < differences[slice]) {
        used[slice] = true;
        times[slice] = time;
        differences[slice] = difference;
      }
    }

    private void halve() {
      width *= 2;
      for (int slice = 0; slice < SLICES; slice++) {
        boolean was = used[slice];
        used[slice] = false;
        if (was) {
          put(slice / 2, times[slice], differences[slice]);
        }
      }
    }

    List<Point> points(int sign) {
      List<Point> points = new ArrayList<>();
      for (int slice = 0; slice < SLICES; slice++) {
        if (used[slice]) {
          points.add(new Point(times[slice], (double) sign * differences[slice]));
        }
      }
      return points;
    }
  }

  /** At this time, by the first node's clock, the second was at most or at least this far ahead. */
  record Point(long time, double ahead) {}

  /** A packet from the first node to the second: the stamps of both, in nanoseconds. */
  void forward(long sent, long received) {
    forward.add(sent, received - sent);
  }

  /** A packet from the second node to the first. */
  void backward(long sent, long received) {
    backward.add(received, received - sent);
  }

  long samples() {
    return forward.count + backward.count;
  }

  /** How far the second clock is ahead of the first, as closely as the packets tell. */
  PairClock estimate() {
    return PairClock.of(forward.points(1), backward.points(-1));
  }
}
