package io.packetwalk.correlate;

import io.packetwalk.walk.Step;

/**
 * A place where the packet was predicted to be captured, and what the captures say.
 *
 * @param index the step's place among the branch's steps
 */
public record Hop(int index, Step step, Sight sight) {
  public boolean isSeen() {
    return sight instanceof Sight.There;
  }

  public boolean isAbsent() {
    return sight instanceof Sight.Absent;
  }

  /** {@code node:namespace device}. */
  public String where() {
    return step.place() + " " + step.device();
  }
}
