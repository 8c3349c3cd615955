package io.packetwalk.correlate.survey;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ways that differ only in the order of neighbouring taps. The stamps of one kernel may be out of
 * order by some microseconds; what passes the same taps from the same start passes them in the same
 * order, which is the one that most packets show.
 */
final class Detours {
  /** What ways have in common that are taken for one: where they start, and the taps in a set. */
  private record Kind(int first, List<Integer> sorted) {
    static Kind of(List<Integer> taps) {
      return new Kind(taps.getFirst(), taps.stream().sorted().toList());
    }
  }

  private final Map<Kind, Map<List<Integer>, Long>> counts = new LinkedHashMap<>();
  private final Map<Kind, List<Integer>> usual = new LinkedHashMap<>();

  void count(List<Integer> taps, long packets) {
    counts
        .computeIfAbsent(Kind.of(taps), _ -> new LinkedHashMap<>())
        .merge(taps, packets, Long::sum);
  }

  /** The same way in its usual order. */
  List<Integer> usual(List<Integer> taps) {
    return usual.computeIfAbsent(
        Kind.of(taps), kind -> most(counts.getOrDefault(kind, Map.of(taps, 1L))));
  }

  private static List<Integer> most(Map<List<Integer>, Long> ways) {
    List<Integer> best = List.of();
    long most = -1;
    for (Map.Entry<List<Integer>, Long> way : ways.entrySet()) {
      boolean better =
          way.getValue() > most
              || (way.getValue() == most && way.getKey().toString().compareTo(best.toString()) < 0);
      if (better) {
        best = way.getKey();
        most = way.getValue();
      }
    }
    return best;
  }

  /** Ways in their usual order, those that are the same now as one. */
  List<PathUse> straightened(List<PathUse> paths) {
    Map<List<Integer>, PathUse> merged = new LinkedHashMap<>();
    for (PathUse path : paths) {
      List<Integer> taps = usual(path.taps());
      merged.merge(taps, path.along(taps), PathUse::and);
    }
    return new ArrayList<>(merged.values());
  }
}
