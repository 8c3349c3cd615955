package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies that a stack, a bridge or a tunnel makes of what is for many: each is a branch, with
 * an equal share.
 */
final class Copies {
  private Copies() {}

  /** One of the copies, on its way. */
  interface Copy {
    List<Branch> go(Trail trail);
  }

  static List<Branch> of(Trail trail, List<Copy> copies) {
    List<Branch> branches = new ArrayList<>();
    for (Copy copy : copies) {
      branches.addAll(copy.go(trail.weighing(1.0 / copies.size())));
    }
    return branches;
  }

  /**
   * The branches without those of copies that somebody threw away because they weren't for him,
   * where there are others: that is what becomes of most copies, and no loss.
   */
  static List<Branch> heeded(List<Branch> branches) {
    List<Branch> kept = branches.stream().filter(branch -> !isUnheeded(branch)).toList();
    double all = branches.stream().mapToDouble(Branch::weight).sum();
    double share = kept.stream().mapToDouble(Branch::weight).sum();
    return kept.isEmpty() || kept.size() == branches.size()
        ? branches
        : kept.stream().map(branch -> weighing(branch, branch.weight() * all / share)).toList();
  }

  private static Branch weighing(Branch branch, double weight) {
    return new Branch(
        weight, branch.verdict(), branch.reason(), branch.steps(), branch.assumptions());
  }

  private static boolean isUnheeded(Branch branch) {
    if (branch.verdict() != Verdict.DROPPED || branch.steps().isEmpty()) {
      return false;
    }
    Step last = branch.steps().getLast();
    return last.action() == Action.DROP
        && (last.stage() == Stage.LOCAL
            || (last.stage() == Stage.TUNNEL && last.decision().startsWith(TunnelIngress.NO_TAKER))
            || last.decision().contains(Uptake.NOT_FOR_DEVICE));
  }
}
