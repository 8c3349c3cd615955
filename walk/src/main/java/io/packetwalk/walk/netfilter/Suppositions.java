package io.packetwalk.walk.netfilter;

import io.packetwalk.walk.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out whether it matters that the state doesn't tell if a packet fits a rule: it doesn't when
 * the packet comes out of the base chain the same in both cases.
 */
final class Suppositions {
  /** Few enough that a ruleset full of unknown sets costs no more than a known one. */
  private static final int MOST = 16;

  private int made;

  /** What both ways lead to, as the second tells it; empty when they part. */
  Optional<List<Trial>> compare(Supplier<List<Trial>> fitting, Supplier<List<Trial>> passing) {
    if (++made > MOST) {
      return Optional.empty();
    }
    List<Trial> unfit = passing.get();
    boolean known = unfit.stream().noneMatch(Suppositions::isUndetermined);
    return known && isSame(fitting.get(), unfit) ? Optional.of(unfit) : Optional.empty();
  }

  private static boolean isUndetermined(Trial trial) {
    return trial.ending().filter(end -> end.verdict() == Verdict.UNDETERMINED).isPresent();
  }

  private static boolean isSame(List<Trial> some, List<Trial> others) {
    if (some.size() != others.size()) {
      return false;
    }
    for (int index = 0; index < some.size(); index++) {
      Trial one = some.get(index);
      Trial other = others.get(index);
      boolean same =
          one.weight() == other.weight()
              && one.packet().equals(other.packet())
              && one.zone() == other.zone()
              && verdict(one).equals(verdict(other))
              && one.assumptions().equals(other.assumptions());
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Verdict> verdict(Trial trial) {
    return trial.ending().map(Passage.Ending::verdict);
  }
}
