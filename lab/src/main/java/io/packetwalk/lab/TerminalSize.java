package io.packetwalk.lab;

/** How large somebody's terminal is, in characters. */
public record TerminalSize(int rows, int columns) {
  private static final int LARGEST = 10_000;

  public TerminalSize {
    if (rows < 1 || columns < 1 || rows > LARGEST || columns > LARGEST) {
      throw new IllegalArgumentException("a terminal of %d × %d".formatted(columns, rows));
    }
  }
}
