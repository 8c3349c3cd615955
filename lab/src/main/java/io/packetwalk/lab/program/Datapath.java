package io.packetwalk.lab.program;

/** What carries the packets of an Open vSwitch. */
public enum Datapath {
  /** The kernel's module. */
  KERNEL("system"),
  /** The daemon itself: without a module, and without tunnels by the node's stack. */
  USER_SPACE("netdev");

  private final String word;

  Datapath(String word) {
    this.word = word;
  }

  /** As the bridge's {@code datapath_type} has it. */
  String word() {
    return word;
  }
}
