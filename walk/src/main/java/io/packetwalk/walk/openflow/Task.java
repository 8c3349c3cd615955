package io.packetwalk.walk.openflow;

/**
 * A piece of the work that a packet has still before it. It holds nothing that changes, since all
 * branches of a walk share it; what it works on it is given.
 */
@FunctionalInterface
interface Task {
  void run(Journey journey, Pass pass);
}
