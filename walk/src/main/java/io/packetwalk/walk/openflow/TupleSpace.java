package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The flows of one table, indexed by tuple-space search.
 *
 * <p>Flows that look at the same bits form a tuple, and within it a hash table finds those with a
 * packet's values of these bits (Srinivasan, Suri, Varghese: Packet Classification using Tuple
 * Space Search, SIGCOMM 1999; Open vSwitch's {@code classifier.c}). Tuples are asked in the order
 * of their highest priority, so that a search ends as soon as no better flow can come.
 */
final class TupleSpace {
  private final List<Tuple> tuples;

  private TupleSpace(List<Tuple> tuples) {
    this.tuples = tuples;
  }

  static TupleSpace of(List<Flow> flows, PortNumbers ports) {
    Map<Mask, Tuple> tuples = new LinkedHashMap<>();
    int order = 0;
    for (Flow flow : flows) {
      Constraint constraint = Constraint.of(flow.match(), ports);
      if (constraint.isPossible()) {
        tuples
            .computeIfAbsent(constraint.mask(), Tuple::new)
            .add(constraint.values(), IndexedFlow.of(flow, order, constraint.isCertain()));
      }
      order++;
    }
    List<Tuple> sorted = new ArrayList<>(tuples.values());
    sorted.sort(Comparator.comparingInt((Tuple tuple) -> tuple.highest).reversed());
    return new TupleSpace(sorted);
  }

  /**
   * The flows that the packet matches, highest priority first, down to the first that is neither
   * conjunctive nor uncertain, and those of its priority. Of equal ones the listing's later is
   * first: a flow with the same match replaces an earlier.
   */
  List<IndexedFlow> search(long[] words) {
    return search(words, false);
  }

  /**
   * The ordinary flows likewise, once {@code conj_id} is set. Of flows with the same match this
   * second look-up sees the one of the highest priority only: a conjunctive flow hides the others
   * although it is left out itself ({@code find_match_wc}).
   */
  List<IndexedFlow> conjoined(long[] words) {
    return search(words, true);
  }

  private List<IndexedFlow> search(long[] words, boolean conjoined) {
    List<IndexedFlow> found = new ArrayList<>();
    int firm = Integer.MIN_VALUE;
    for (Tuple tuple : tuples) {
      if (tuple.highest < firm) {
        break;
      }
      firm = Math.max(firm, tuple.collect(words, found, conjoined));
    }
    if (found.size() > 1) {
      int lowest = firm;
      found.removeIf(flow -> flow.priority() < lowest);
      found.sort(
          Comparator.comparingInt(IndexedFlow::priority)
              .thenComparingInt(IndexedFlow::order)
              .reversed());
    }
    return found;
  }

  /** Which bits are looked at: the words that have any, and the masks. */
  static final class Mask {
    private final int[] at;
    private final long[] bits;

    Mask(int[] at, long[] bits) {
      this.at = at;
      this.bits = bits;
    }

    /** The packet's values of these bits. */
    Values of(long[] words) {
      long[] masked = new long[at.length];
      for (int index = 0; index < masked.length; index++) {
        masked[index] = words[at[index]] & bits[index];
      }
      return new Values(masked);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Mask mask
          && Arrays.equals(at, mask.at)
          && Arrays.equals(bits, mask.bits);
    }

    @Override
    public int hashCode() {
      return 31 * Arrays.hashCode(at) + Arrays.hashCode(bits);
    }
  }

  /** The values of a mask's bits. */
  static final class Values {
    private final long[] words;

    Values(long[] words) {
      this.words = words;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Values values && Arrays.equals(words, values.words);
    }

    @Override
    public int hashCode() {
      long hash = 0;
      for (long word : words) {
        hash = (hash ^ word) * 0x9e37_79b9_7f4a_7c15L;
        hash ^= hash >>> 32;
      }
      return (int) hash;
    }
  }

  /** The flows that look at the same bits. */
  private static final class Tuple {
    private final Mask mask;
    private final Map<Values, List<IndexedFlow>> flows = new LinkedHashMap<>();
    private int highest = Integer.MIN_VALUE;

    Tuple(Mask mask) {
      this.mask = mask;
    }

    void add(Values values, IndexedFlow flow) {
      flows.computeIfAbsent(values, key -> new ArrayList<>(1)).add(flow);
      highest = Math.max(highest, flow.priority());
    }

    /** Adds what matches; the highest priority of those that leave no doubt. */
    int collect(long[] words, List<IndexedFlow> found, boolean conjoined) {
      int firm = Integer.MIN_VALUE;
      List<IndexedFlow> same = flows.getOrDefault(mask.of(words), List.of());
      int hidden = conjoined ? highestConjunctive(same) : Integer.MIN_VALUE;
      for (IndexedFlow flow : same) {
        if (flow.priority() <= hidden) {
          continue;
        }
        found.add(flow);
        if (flow.certain() && !flow.isConjunctive()) {
          firm = Math.max(firm, flow.priority());
        }
      }
      return firm;
    }

    private static int highestConjunctive(List<IndexedFlow> flows) {
      return flows.stream()
          .filter(flow -> flow.certain() && flow.isConjunctive())
          .mapToInt(IndexedFlow::priority)
          .max()
          .orElse(Integer.MIN_VALUE);
    }
  }
}
