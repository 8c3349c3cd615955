package io.packetwalk.walk;

import java.util.Comparator;
import java.util.List;

/**
 * Every way that a packet may take in one direction.
 *
 * @param branches the likeliest first
 */
public record Direction(List<Branch> branches) {
  /** From the one that decides most to the one that decides least about a direction as a whole. */
  private static final List<Verdict> WEIGHTIEST_FIRST =
      List.of(
          Verdict.DROPPED,
          Verdict.REJECTED,
          Verdict.LOOPED,
          Verdict.UNDETERMINED,
          Verdict.LEFT,
          Verdict.DELIVERED);

  public Direction {
    branches = List.copyOf(branches);
    if (branches.isEmpty()) {
      throw new IllegalArgumentException("a direction has at least one branch");
    }
  }

  /** The worst of the branches' verdicts: delivered only when every branch is. */
  public Verdict verdict() {
    return branches.stream()
        .map(Branch::verdict)
        .min(Comparator.comparingInt(WEIGHTIEST_FIRST::indexOf))
        .orElseThrow();
  }
}
