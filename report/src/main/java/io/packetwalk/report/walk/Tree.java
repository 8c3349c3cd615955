package io.packetwalk.report.walk;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The branches of a direction with the steps that they share told once.
 *
 * @param weight the share of packets that get here, above 0 and at most 1
 * @param steps what all of them meet
 * @param forks where they part; empty when they don't
 * @param end what becomes of them, when they don't part
 */
record Tree(double weight, List<Step> steps, List<Tree> forks, Optional<Branch> end) {
  Tree {
    steps = List.copyOf(steps);
    forks = List.copyOf(forks);
  }

  static Tree of(Direction direction) {
    return of(direction.branches(), 0);
  }

  private static Tree of(List<Branch> branches, int from) {
    double weight = branches.stream().mapToDouble(Branch::weight).sum();
    List<Step> first = branches.getFirst().steps();
    if (branches.size() == 1) {
      List<Step> rest = first.subList(from, first.size());
      return new Tree(weight, rest, List.of(), Optional.of(branches.getFirst()));
    }
    int to = from;
    while (isShared(branches, to)) {
      to++;
    }
    return new Tree(weight, first.subList(from, to), forks(branches, to), Optional.empty());
  }

  private static boolean isShared(List<Branch> branches, int index) {
    List<Step> first = branches.getFirst().steps();
    return branches.stream()
        .allMatch(branch ->
            index < branch.steps().size() && branch.steps().get(index).equals(first.get(index)));
  }

  private static List<Tree> forks(List<Branch> branches, int at) {
    List<Tree> forks = new ArrayList<>();
    Map<Step, List<Branch>> byNextStep = new LinkedHashMap<>();
    for (Branch branch : branches) {
      if (at == branch.steps().size()) {
        forks.add(of(List.of(branch), at));
      } else {
        byNextStep.computeIfAbsent(branch.steps().get(at), step -> new ArrayList<>()).add(branch);
      }
    }
    byNextStep.values().forEach(group -> forks.add(of(group, at)));
    return forks;
  }
}
