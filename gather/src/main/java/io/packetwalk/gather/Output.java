package io.packetwalk.gather;

/**
 * What a command printed, and how it ended.
 *
 * @param text standard output, and behind it what went to standard error, as a terminal shows them
 *     together
 * @param printed the part of the text that went to standard output
 */
public record Output(String text, String printed, End end) {
  /** How a command ended. */
  public sealed interface End {
    /** It ended by itself, or by a signal, with this status. */
    record Exited(int status) implements End {}

    /** There is no such program, or it may not be run. */
    record NotStarted(String reason) implements End {}

    /** It was ended because its time was up. */
    record OutOfTime(long seconds) implements End {}

    /** It printed more than is kept. */
    record TooLong(int bytes) implements End {}
  }

  /** Whether it did all that it was asked, as far as it says. */
  public boolean succeeded() {
    return end instanceof End.Exited(int status) && status == 0;
  }

  /** Whether the program isn't there. */
  public boolean isMissing() {
    return end instanceof End.NotStarted;
  }
}
