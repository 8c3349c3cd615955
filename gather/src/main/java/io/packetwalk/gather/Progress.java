package io.packetwalk.gather;

/** Whoever wants to know how far the gathering has come. */
@FunctionalInterface
public interface Progress {
  /**
   * A namespace was done.
   *
   * @param machine whose namespace it was
   * @param done of all namespaces of this machine
   */
  void done(String machine, Room room, int done, int all);

  /** Nobody wants to know. */
  static Progress none() {
    return (machine, room, done, all) -> {};
  }
}
