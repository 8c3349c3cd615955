package io.packetwalk.gather;

import java.util.List;

/**
 * A network namespace of a machine, and how somebody at that machine enters it.
 *
 * @param name what progress and messages call it
 * @param wrapper the command that runs another one inside; empty for the machine's own namespace
 */
public record Room(String name, List<String> wrapper) {
  /** What a machine's own namespace is called. */
  public static final String OWN = "host";

  public Room {
    wrapper = List.copyOf(wrapper);
  }

  /** The namespace that the machine itself is in. */
  public static Room own() {
    return new Room(OWN, List.of());
  }

  /** A namespace with a name under {@code /run/netns}. */
  public static Room named(String name) {
    return new Room(name, List.of("ip", "netns", "exec", name));
  }

  /** A namespace that has no name, by a process in it. */
  public static Room ofProcess(long process) {
    return new Room("process " + process, List.of("nsenter", "-t", Long.toString(process), "-n"));
  }

  public boolean isOwn() {
    return wrapper.isEmpty();
  }
}
