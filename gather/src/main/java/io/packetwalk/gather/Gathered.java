package io.packetwalk.gather;

import java.util.List;

/**
 * A file of a state.
 *
 * @param name its path inside of the state
 * @param missing programs that weren't there
 * @param remarks what else went wrong: a sentence each
 */
public record Gathered(String name, String text, List<String> missing, List<String> remarks) {
  public Gathered {
    missing = List.copyOf(missing);
    remarks = List.copyOf(remarks);
  }

  /** A file that somebody else has written. */
  public Gathered(String name, String text) {
    this(name, text, List.of(), List.of());
  }
}
