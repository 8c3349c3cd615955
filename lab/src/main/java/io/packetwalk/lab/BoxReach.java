package io.packetwalk.lab;

import io.packetwalk.gather.Reach;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.ObjectMapper;

/**
 * A way into a kernel of its own.
 *
 * @param folder in which commands are asked for
 * @param netns the network namespace in which they run; empty for where these have their names
 * @param alive whether that kernel is running
 */
record BoxReach(Path folder, String netns, BooleanSupplier alive) implements Reach {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Override
  public Process start(List<String> command) throws IOException {
    return new BoxProcess(ask(command, Map.of()), alive, OutputStream.nullOutputStream());
  }

  /**
   * Starts a command that somebody uses.
   *
   * @param size of the terminal that it gets; without one it gets pipes
   * @param kind of that terminal, as TERM has it
   */
  Session use(List<String> command, Optional<TerminalSize> size, String kind) throws IOException {
    Map<String, Object> settings =
        size.<Map<String, Object>>map(known -> Map.of("terminal", numbers(known), "term", kind))
            .orElseGet(() -> Map.of("input", true));
    Path path = ask(command, settings);
    return new Session(
        new BoxProcess(path, alive, new BoxInput(path)), Optional.of(now -> resize(path, now)));
  }

  private static List<Integer> numbers(TerminalSize size) {
    return List.of(size.rows(), size.columns());
  }

  private static void resize(Path path, TerminalSize size) {
    try {
      BoxInput.put(path, ".size", MAPPER.writeValueAsBytes(numbers(size)));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** The files of a command that is asked for, without their endings. */
  private Path ask(List<String> command, Map<String, Object> settings) throws IOException {
    Path path = folder.resolve(UUID.randomUUID().toString());
    Map<String, Object> question = new LinkedHashMap<>(settings);
    question.put("command", command);
    question.put("netns", netns);
    BoxInput.put(path, ".ask", MAPPER.writeValueAsBytes(question));
    return path;
  }
}
