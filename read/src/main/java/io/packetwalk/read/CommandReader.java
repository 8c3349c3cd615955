package io.packetwalk.read;

import io.packetwalk.read.transcript.CommandRun;
import java.util.Optional;

/**
 * Reads the output of one command, or of one family of commands.
 *
 * <p>A reader is pure and never fails: a line that it can't read is reported and costs that line
 * only.
 */
public interface CommandReader {
  /**
   * The family's name, such as {@code ip route}, when this reader reads the command; empty when it
   * doesn't. Abbreviations ({@code ip r s t all}) and options in any order are the reader's to
   * know.
   */
  Optional<String> recognise(CommandRun run);

  /** What the output tells. Called only for a command that was recognised. */
  Reading read(CommandRun run);
}
