package io.packetwalk.correlate.clock;

import io.packetwalk.correlate.clock.PairEnvelope.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far one clock is ahead of another: a line over time, between an upper and a lower envelope.
 *
 * <p>Every line that passes below all upper points and above all lower ones is possible. The bound
 * at a time is how far the possible lines are apart there; they are convex in the slope, so that
 * the extremes are at slopes where two points of one envelope decide together.
 */
final class PairClock {
  private final List<Point> upper;
  private final List<Point> lower;
  private final long origin;
  private final double leastSlope;
  private final double greatestSlope;
  private final List<Line> lines = new ArrayList<>();

  /** The lines of one slope that fit: their heights at the origin, from the least to the most. */
  private record Line(double slope, double least, double most) {}

  /** How far stamps of one kernel may be out of order: a bridge's own device is late, for one. */
  private static final double JITTER = 5_000;

  /** A clock rate further off than this isn't a clock's: two parts in a thousand. */
  private static final double STEEPEST = 2e-3;

  private PairClock(List<Point> upper, List<Point> lower) {
    this.upper = upper;
    this.lower = lower;
    this.origin = upper.isEmpty() ? firstTime(lower) : upper.getFirst().time();
    double least = -STEEPEST;
    double greatest = STEEPEST;
    for (Point above : upper) {
      for (Point below : lower) {
        double distance = (double) (above.time() - below.time());
        if (distance > 0) {
          greatest = Math.min(greatest, (above.ahead() - below.ahead()) / distance);
        } else if (distance < 0) {
          least = Math.max(least, (above.ahead() - below.ahead()) / distance);
        }
      }
    }
    this.leastSlope = least;
    this.greatestSlope = greatest;
    slopes().forEach(slope -> lines.add(new Line(slope, floor(slope), ceiling(slope))));
  }

  static PairClock of(List<Point> upper, List<Point> lower) {
    return new PairClock(upper, lower);
  }

  private static long firstTime(List<Point> points) {
    return points.isEmpty() ? 0 : points.getFirst().time();
  }

  private List<Double> slopes() {
    if (!isConsistent()) {
      return List.of((leastSlope + greatestSlope) / 2);
    }
    List<Double> slopes = new ArrayList<>(List.of(leastSlope, greatestSlope));
    addSlopes(upper, slopes);
    addSlopes(lower, slopes);
    return slopes;
  }

  private void addSlopes(List<Point> points, List<Double> slopes) {
    for (int first = 0; first < points.size(); first++) {
      for (int second = first + 1; second < points.size(); second++) {
        double slope =
            (points.get(second).ahead() - points.get(first).ahead())
                / (points.get(second).time() - points.get(first).time());
        if (slope > leastSlope && slope < greatestSlope) {
          slopes.add(slope);
        }
      }
    }
  }

  /** Whether some line fits: the clocks ran evenly, without being set. */
  boolean isConsistent() {
    return leastSlope <= greatestSlope;
  }

  /** Whether packets of both directions were seen, without which nothing bounds the other side. */
  boolean isBounded() {
    return !upper.isEmpty() && !lower.isEmpty();
  }

  boolean isEmpty() {
    return upper.isEmpty() && lower.isEmpty();
  }

  /** The most that it can be ahead at this time, in nanoseconds. */
  private double most(long time) {
    double most = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      most = Math.max(most, line.slope * (time - origin) + line.most);
    }
    return most;
  }

  private double least(long time) {
    double least = Double.POSITIVE_INFINITY;
    for (Line line : lines) {
      least = Math.min(least, line.slope * (time - origin) + line.least);
    }
    return least;
  }

  private double ceiling(double slope) {
    return upper.stream()
        .mapToDouble(point -> point.ahead() - slope * (point.time() - origin))
        .min()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private double floor(double slope) {
    return lower.stream()
        .mapToDouble(point -> point.ahead() - slope * (point.time() - origin))
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /** How far it is ahead at this time, in nanoseconds. */
  Offset at(long time) {
    if (isEmpty()) {
      return Offset.UNKNOWN;
    }
    double most = most(time);
    double least = least(time);
    if (!isBounded()) {
      double known = Double.isInfinite(most) ? least : most;
      return new Offset(Math.round(known), Offset.UNBOUNDED);
    }
    double high = Math.max(most, least);
    double low = Math.min(most, least);
    // Clocks that may agree are taken to agree; otherwise the middle is as good as anything.
    double ahead = low <= 0 && high >= 0 ? 0 : (high + low) / 2;
    return new Offset(
        Math.round(ahead), (long) Math.ceil(Math.max(high - ahead, ahead - low) + JITTER));
  }

  /** How long the clocks were watched, in nanoseconds. */
  private double span() {
    return Stream.concat(upper.stream(), lower.stream()).mapToLong(Point::time).max().orElse(0)
        - (double)
            Stream.concat(upper.stream(), lower.stream()).mapToLong(Point::time).min().orElse(0);
  }

  /** How much it gains, in parts per million. */
  Skew skew() {
    if (!isBounded()) {
      return new Skew(0, Double.POSITIVE_INFINITY);
    }
    double middle = (leastSlope + greatestSlope) / 2;
    double jitter = 2 * JITTER / Math.max(1, span());
    return new Skew(middle * 1e6, (Math.abs(greatestSlope - leastSlope) / 2 + jitter) * 1e6);
  }
}
