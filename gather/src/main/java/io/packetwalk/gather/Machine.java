package io.packetwalk.gather;

import java.util.function.Function;

/**
 * A node whose state is gathered.
 *
 * @param name as its prompt shows it
 * @param entry leads into each of its network namespaces
 */
public record Machine(String name, Function<Room, Reach> entry) {
  /**
   * A machine whose namespaces are entered as somebody there enters them.
   *
   * @param reach leads to its own network namespace
   */
  public static Machine at(String name, Reach reach) {
    return new Machine(name, room -> room.isOwn() ? reach : reach.through(room.wrapper()));
  }

  /** Leads to its own network namespace. */
  public Reach reach() {
    return entry.apply(Room.own());
  }

  /** Leads into one of its network namespaces. */
  public Reach into(Room room) {
    return entry.apply(room);
  }
}
