package io.packetwalk.correlate.clock;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects what packets between nodes show of the nodes' clocks. */
public final class ClockSurvey {
  private final Map<Clocks.Pair, PairEnvelope> pairs = new LinkedHashMap<>();
  private long earliest = Long.MAX_VALUE;
  private long latest = Long.MIN_VALUE;

  public ClockSurvey() {}

  /** A packet that was stamped at one node, and then at another by that one's clock. */
  public void sample(int from, int to, long sent, long received) {
    Clocks.Pair pair = new Clocks.Pair(Math.min(from, to), Math.max(from, to));
    PairEnvelope envelope = pairs.computeIfAbsent(pair, _ -> new PairEnvelope());
    if (from < to) {
      envelope.forward(sent, received);
    } else {
      envelope.backward(sent, received);
    }
    earliest = Math.min(earliest, sent);
    latest = Math.max(latest, sent);
  }

  /** The clocks of these nodes, by their numbers. */
  public Clocks clocks(List<String> nodes) {
    Map<Clocks.Pair, PairClock> known = new LinkedHashMap<>();
    pairs.forEach((pair, envelope) -> known.put(pair, envelope.estimate()));
    long middle = latest < earliest ? 0 : earliest + (latest - earliest) / 2;
    return new Clocks(nodes, known, middle);
  }
}
