package io.packetwalk.walk.openflow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The branches of one walk: those that have ended, and the places where others begin.
 *
 * <p>A branch is walked from the choice on that made it: what comes before is done once for all of
 * them. The deepest choice goes first, so that branches come in the order of their choices.
 */
final class Branches {
  /** As many branches as are told apart; what is left is one more, undetermined. */
  private static final int MOST_BRANCHES = 1024;

  /** As many steps of all branches together as anybody reads. */
  private static final int MOST_STEPS = 200_000;

  private final List<SwitchBranch> ended = new ArrayList<>();
  private final Deque<Choice> open = new ArrayDeque<>();
  private final Arrival arrival;
  private long steps;
  private double untold;

  Branches(Arrival arrival) {
    this.arrival = arrival;
  }

  /** A choice with alternatives left, and the branch as it came there. */
  private record Choice(Journey journey, List<Double> shares, List<Task> ways, int next) {
    boolean isLast() {
      return next == ways.size() - 1;
    }

    Choice after() {
      return new Choice(journey, shares, ways, next + 1);
    }

    double weight() {
      double sum = 0;
      for (double share : shares.subList(next, shares.size())) {
        sum += share;
      }
      return journey.weight() * sum;
    }
  }

  /** Keeps the alternatives but the first, which the branch itself goes on with. */
  void choice(Journey journey, List<Double> shares, List<Task> ways) {
    if (ways.size() > 1) {
      Choice choice = new Choice(journey.copy(), shares, ways, 1);
      if (open.size() + ended.size() < MOST_BRANCHES) {
        open.push(choice);
      } else {
        untold += choice.weight();
      }
    }
  }

  /** Walks the first branch and all that part from it. */
  List<SwitchBranch> walk(Journey first) {
    Optional<Journey> journey = Optional.of(first);
    while (journey.isPresent()) {
      SwitchBranch branch = journey.get().walk();
      ended.add(branch);
      steps += branch.steps().size();
      journey = ended.size() < MOST_BRANCHES && steps < MOST_STEPS ? next() : Optional.empty();
    }
    double rest = untold + open.stream().mapToDouble(Choice::weight).sum();
    if (rest > 0) {
      ended.add(Journey.unknown(arrival, rest, "more branches than are told apart"));
    }
    return ended;
  }

  private Optional<Journey> next() {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Choice choice = open.pop();
    Journey journey = choice.isLast() ? choice.journey() : choice.journey().copy();
    if (!choice.isLast()) {
      open.push(choice.after());
    }
    journey.take(choice.shares().get(choice.next()), choice.ways().get(choice.next()));
    return Optional.of(journey);
  }
}
