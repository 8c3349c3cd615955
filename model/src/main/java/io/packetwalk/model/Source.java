package io.packetwalk.model;

import java.util.OptionalInt;

/**
 * The line that something was read from: the evidence for it.
 *
 * @param file path inside the state, with forward slashes
 * @param line counted from 1
 * @param text the line as it stands there, without trailing white space
 */
public record Source(String file, int line, String text) {
  public Source {
    if (line < 1) {
      throw new IllegalArgumentException("lines are counted from 1");
    }
  }

  /**
   * Which of two lines was written first, as a comparator says it; empty when they stand in
   * different files, whose order in time isn't known.
   */
  public OptionalInt compareTime(Source other) {
    return file.equals(other.file)
        ? OptionalInt.of(Integer.compare(line, other.line))
        : OptionalInt.empty();
  }

  /** Whether this line is known to have been written after the other one. */
  public boolean isAfter(Source other) {
    OptionalInt order = compareTime(other);
    return order.isPresent() && order.getAsInt() > 0;
  }

  /** {@code file:line}. */
  public String position() {
    return file + ":" + line;
  }
}
