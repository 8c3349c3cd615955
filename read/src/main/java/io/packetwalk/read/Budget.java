package io.packetwalk.read;

import java.io.IOException;

/** What is left of a loader's limits. */
final class Budget {
  private final StateLoader.Limits limits;
  private long bytes;
  private int entries;

  Budget(StateLoader.Limits limits) {
    this.limits = limits;
  }

  void entry(String name) throws IOException {
    entries++;
    if (entries > limits.entries()) {
      throw new IOException(
          name + ": more than " + limits.entries() + " files: not a state, or too large for one");
    }
  }

  void bytes(String name, int count) throws IOException {
    bytes += count;
    if (bytes > limits.bytes()) {
      throw new IOException(name + ": more than " + (limits.bytes() >> 20) + " MiB of text");
    }
  }

  boolean allowsDepth(int depth) {
    return depth <= limits.archiveDepth();
  }
}
