package io.packetwalk.proof.openflow;

import java.util.random.RandomGenerator;

/** Chance, of which the same seed makes the same. */
record Dice(RandomGenerator random) {
  int pick(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int bound) {
    return random.nextInt(bound) == 0;
  }

  String oneOf(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
