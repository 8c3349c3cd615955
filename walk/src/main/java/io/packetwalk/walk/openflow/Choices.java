package io.packetwalk.walk.openflow;

import java.util.ArrayList;
import java.util.List;

/**
 * The choices of one branch, made in the order in which the packet meets them.
 *
 * <p>A walk is repeated from its beginning for each branch, with the choices of the branch before
 * up to the last that has an alternative left: so that what walks needs no notion of branches.
 */
final class Choices {
  private final List<Integer> made;
  private final List<Integer> counts = new ArrayList<>();
  private int position;
  private double weight = 1;

  private Choices(List<Integer> made) {
    this.made = new ArrayList<>(made);
  }

  static Choices first() {
    return new Choices(List.of());
  }

  /** One of as many alternatives as there are weights, which add up to 1. */
  int choose(List<Double> weights) {
    if (position == made.size()) {
      made.add(0);
    }
    int choice = Math.min(made.get(position), weights.size() - 1);
    counts.add(weights.size());
    position++;
    weight *= weights.get(choice);
    return choice;
  }

  double weight() {
    return weight;
  }

  /** The choices of the next branch; null after the last. */
  @org.jspecify.annotations.Nullable
  Choices next() {
    for (int index = counts.size() - 1; index >= 0; index--) {
      if (made.get(index) + 1 < counts.get(index)) {
        List<Integer> script = new ArrayList<>(made.subList(0, index));
        script.add(made.get(index) + 1);
        return new Choices(script);
      }
    }
    return null;
  }
}
