package io.packetwalk.lab;

import io.packetwalk.gather.Reach;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where a practice cluster stands: a kernel with namespaces for it. */
interface Ground {
  /** As a lab's description has it. */
  String word();

  /** In words, for who asks where the lab is and why there. */
  String description();

  /** Starts what holds the cluster, and builds it. */
  void raise(LabFolder folder, Progress progress) throws IOException, InterruptedException;

  /** Whether what holds the cluster is running. */
  boolean isUp(LabFolder folder) throws IOException;

  /** Ends everything that belongs to the cluster. */
  void raze(LabFolder folder) throws IOException, InterruptedException;

  /** Leads to where its namespaces have their names. */
  Reach reach(LabFolder folder) throws IOException;

  /** Leads to the same place; what a command leaves running there ends with the cluster. */
  Reach lasting(LabFolder folder) throws IOException;

  /** Leads into the network namespace of this name. */
  Reach inside(LabFolder folder, String netns) throws IOException;

  /**
   * Starts a command that somebody uses, where the namespaces have their names.
   *
   * @param size of the user's terminal; empty when there is none
   */
  Session use(LabFolder folder, List<String> command, Optional<TerminalSize> size)
      throws IOException;

  /** Told what is done while a cluster is built. */
  @FunctionalInterface
  interface Progress {
    void at(String step);
  }
}
