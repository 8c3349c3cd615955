package io.packetwalk.lab;

import java.util.Optional;

/**
 * A shell or a command in a lab that somebody uses.
 *
 * @param relay the way to its terminal where that is in another kernel: then its input and output
 *     are to be passed on; empty when it has this program's own
 */
public record Session(Process process, Optional<Relay> relay) {
  /** Told what changes at the terminal that input and output are passed on for. */
  @FunctionalInterface
  public interface Relay {
    void resized(TerminalSize size);
  }

  static Session attached(Process process) {
    return new Session(process, Optional.empty());
  }
}
