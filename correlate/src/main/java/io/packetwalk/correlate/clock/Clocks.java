package io.packetwalk.correlate.clock;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The clocks of the nodes against each other: a tree of pairs that packets connect, the closest
 * known pairs first.
 */
public final class Clocks {
  /**
   * How far one kernel's stamps of one frame at two devices may be out of order, in nanoseconds.
   */
  private static final long JITTER = 5_000;

  /** A clock that is known less closely than this can't be said to agree. */
  private static final long CLOSE = 200_000;

  private final List<String> nodes;
  private final Map<Pair, PairClock> pairs;
  private final Map<Integer, Integer> parents = new LinkedHashMap<>();
  private final List<Integer> roots = new ArrayList<>();

  /** Two nodes by their numbers, the lower one first. */
  record Pair(int first, int second) {}

  Clocks(List<String> nodes, Map<Pair, PairClock> pairs, long middle) {
    this.nodes = List.copyOf(nodes);
    this.pairs = pairs;
    for (int node = 0; node < nodes.size(); node++) {
      if (!parents.containsKey(node)) {
        roots.add(node);
        parents.put(node, node);
        grow(middle);
      }
    }
  }

  /** Connects every node that packets connect with those that are in the tree. */
  private void grow(long middle) {
    Optional<int[]> next = closest(middle);
    while (next.isPresent()) {
      parents.put(next.get()[1], next.get()[0]);
      next = closest(middle);
    }
  }

  private Optional<int[]> closest(long middle) {
    long narrowest = Long.MAX_VALUE;
    int[] found = {};
    for (Map.Entry<Pair, PairClock> entry : pairs.entrySet()) {
      Pair pair = entry.getKey();
      boolean first = parents.containsKey(pair.first);
      if (first == parents.containsKey(pair.second)) {
        continue;
      }
      long bound = entry.getValue().at(middle).bound();
      if (found.length == 0 || bound < narrowest) {
        narrowest = bound;
        found = first ? new int[] {pair.first, pair.second} : new int[] {pair.second, pair.first};
      }
    }
    return found.length == 0 ? Optional.empty() : Optional.of(found);
  }

  /** Clocks that all agree. */
  public static Clocks agreeing(List<String> nodes) {
    return new Clocks(nodes, Map.of(), 0);
  }

  public List<String> nodes() {
    return nodes;
  }

  /** How far a node's clock is ahead of the reference's at this time. */
  public Offset offset(int node, long time) {
    Offset sum = Offset.EXACT;
    int at = node;
    while (parent(at) != at) {
      sum = sum.plus(step(parent(at), at, time));
      at = parent(at);
    }
    return sum;
  }

  private int parent(int node) {
    return Optional.ofNullable(parents.get(node)).orElse(node);
  }

  private Offset step(int from, int to, long time) {
    PairClock pair = pairs.get(new Pair(Math.min(from, to), Math.max(from, to)));
    if (pair == null) {
      return Offset.UNKNOWN;
    }
    Offset ahead = pair.at(time);
    return from < to ? ahead : ahead.negated();
  }

  /** The node whose clock this node's is compared with. */
  public int reference(int node) {
    int at = node;
    while (parent(at) != at) {
      at = parent(at);
    }
    return at;
  }

  /** Whether a node's clock is known to agree with its reference's, up to the jitter of stamps. */
  public boolean agree(int node, long time) {
    Offset offset = offset(node, time);
    return Math.abs(offset.ahead()) <= JITTER && offset.bound() <= CLOSE;
  }

  /** How much a node's clock gains on the reference's. */
  public Skew skew(int node) {
    double sum = 0;
    double bound = 0;
    int at = node;
    while (parent(at) != at) {
      int to = parent(at);
      PairClock pair = pairs.get(new Pair(Math.min(at, to), Math.max(at, to)));
      Skew skew = pair == null ? new Skew(0, Double.POSITIVE_INFINITY) : pair.skew();
      sum += to < at ? skew.partsPerMillion() : -skew.partsPerMillion();
      bound += skew.bound();
      at = to;
    }
    return new Skew(sum, bound);
  }

  /** Whether the node's clock ran evenly against its neighbour's in the tree. */
  public boolean isSteady(int node) {
    int to = parent(node);
    PairClock pair = pairs.get(new Pair(Math.min(node, to), Math.max(node, to)));
    return pair == null || pair.isConsistent();
  }

  /** How far the second node's clock is ahead of the first's at this time. */
  public Offset between(int first, int second, long time) {
    if (first == second) {
      return Offset.EXACT;
    }
    Offset around =
        reference(first) == reference(second)
            ? offset(first, time).negated().plus(offset(second, time))
            : Offset.UNKNOWN;
    PairClock pair = pairs.get(new Pair(Math.min(first, second), Math.max(first, second)));
    if (pair == null || !pair.isBounded()) {
      return around;
    }
    Offset direct = first < second ? pair.at(time) : pair.at(time).negated();
    return direct.bound() <= around.bound() ? direct : around;
  }
}
