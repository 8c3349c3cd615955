package io.packetwalk.read;

import java.util.List;

/** Every command reader, in the order in which they are asked whether a command is theirs. */
public final class Readers {
  private static final List<CommandReader> ALL = List.of();

  private Readers() {}

  public static List<CommandReader> all() {
    return ALL;
  }
}
