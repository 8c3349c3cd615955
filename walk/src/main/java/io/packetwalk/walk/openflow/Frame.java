package io.packetwalk.walk.openflow;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A packet and what is left to do with it, inside of the frame that made it. */
final class Frame {
  final Pass pass;

  /** Whether it is a bucket of a group: what goes wrong in it stays in it. */
  final boolean bucket;

  private final Deque<Task> tasks;

  Frame(Pass pass, boolean bucket, List<Task> tasks) {
    this(pass, bucket, new ArrayDeque<>(tasks));
  }

  private Frame(Pass pass, boolean bucket, Deque<Task> tasks) {
    this.pass = pass;
    this.bucket = bucket;
    this.tasks = tasks;
  }

  /** The same for another branch. */
  Frame copy() {
    return new Frame(pass.copy(), bucket, new ArrayDeque<>(tasks));
  }

  boolean isDone() {
    return tasks.isEmpty() || pass.exit;
  }

  /** What is done now. */
  Task take() {
    return tasks.pop();
  }

  /** Puts work before all that is left. */
  void first(List<Task> work) {
    work.reversed().forEach(tasks::push);
  }
}
