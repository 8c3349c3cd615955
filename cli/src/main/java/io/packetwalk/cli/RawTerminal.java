package io.packetwalk.cli;

import io.packetwalk.lab.TerminalSize;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal that this program was started at, while it passes every key on to another one. It is
 * as before in the end, however the program ends.
 */
final class RawTerminal implements AutoCloseable {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,4}) (\\d{1,4})");

  private final String settings;
  private final Thread restoring;

  private RawTerminal(String settings) {
    this.settings = settings;
    this.restoring = new Thread(() -> stty(List.of(settings)));
  }

  /** Its size; empty when input or output is no terminal. */
  static Optional<TerminalSize> size() {
    return Optional.ofNullable(System.console())
        .filter(Console::isTerminal)
        .flatMap(_ -> stty(List.of("size")))
        .map(SIZE::matcher)
        .filter(Matcher::matches)
        .map(size -> new TerminalSize(number(size.group(1), 24), number(size.group(2), 80)));
  }

  /** A terminal that doesn't know its size says 0. */
  private static int number(String digits, int usual) {
    int number = Integer.parseInt(digits);
    return number > 0 ? number : usual;
  }

  /** Every key is passed on from now on, Ctrl-C as well. */
  static RawTerminal enter() {
    String settings = stty(List.of("-g")).orElseThrow();
    RawTerminal terminal = new RawTerminal(settings);
    Runtime.getRuntime().addShutdownHook(terminal.restoring);
    stty(List.of("raw", "-echo"));
    return terminal;
  }

  /** What {@code stty} prints; empty when it fails. */
  private static Optional<String> stty(List<String> words) {
    List<String> command = new ArrayList<>(List.of("stty"));
    command.addAll(words);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
    } catch (IOException missing) {
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    stty(List.of(settings));
    try {
      Runtime.getRuntime().removeShutdownHook(restoring);
    } catch (IllegalStateException ending) {
      // The hook does the same once more.
    }
  }
}
