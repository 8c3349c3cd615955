package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several commands on one line ({@code ip addr; echo; ip route}), whose outputs follow each other.
 *
 * <p>Which line is whose isn't shown. It is taken as known where an {@code echo} between two
 * commands repeats its text, and where exactly one line begins what only the next command prints;
 * otherwise the whole output stays with a command that nobody reads.
 */
final class JoinedCommands {
  /** How many lines are looked at for the beginning of the next command's output. */
  private static final int MOST_LINES = 20_000;

  private final Place place;
  private final List<Pipeline> pipelines;
  private final List<Line> output;
  private final List<Part> parts = new ArrayList<>();

  private JoinedCommands(Place place, List<Pipeline> pipelines, List<Line> output) {
    this.place = place;
    this.pipelines = pipelines;
    this.output = output;
  }

  /** A command with the part of the output that is its own. */
  record Part(Unwrapped command, boolean filtered, List<Line> lines) {
    Part {
      lines = List.copyOf(lines);
    }
  }

  /** Each command's part; a single part of all commands when they can't be told apart. */
  static List<Part> divide(Place place, List<Pipeline> pipelines, List<Line> output) {
    JoinedCommands joined = new JoinedCommands(place, pipelines, output);
    return joined.divided() ? joined.parts : List.of(joined.undivided());
  }

  private Part undivided() {
    List<String> names = pipelines.stream().map(pipeline -> pipeline.words().getFirst()).toList();
    Unwrapped all = new Unwrapped(place, List.of(String.join("; ", names)), false);
    return new Part(all, true, output);
  }

  private boolean divided() {
    int from = 0;
    for (int index = 0; index < pipelines.size(); index++) {
      Pipeline pipeline = pipelines.get(index);
      Optional<String> echoed = echo(pipeline);
      if (echoed.isPresent()) {
        if (from >= output.size() || !output.get(from).text().equals(echoed.get().strip())) {
          return false;
        }
        from++;
        continue;
      }
      int end = index + 1 == pipelines.size() ? output.size() : beginning(index + 1, from);
      if (end < 0) {
        return false;
      }
      Unwrapped command = Wrappers.unwrap(place, pipeline.words());
      parts.add(new Part(command, pipeline.filtered(), output.subList(from, end)));
      from = end;
    }
    return from == output.size();
  }

  /** Where a later command's output begins; -1 when that can't be told. */
  private int beginning(int next, int from) {
    Optional<String> echoed = echo(pipelines.get(next));
    if (echoed.isPresent()) {
      return only(from, line -> line.text().equals(echoed.get().strip()));
    }
    List<String> words = unwrapped(next);
    List<String> before = unwrapped(next - 1);
    boolean alike = !before.isEmpty() && !words.isEmpty() && prints(before, words);
    return words.isEmpty() || alike ? -1 : first(words, from);
  }

  private List<String> unwrapped(int index) {
    return Wrappers.unwrap(place, pipelines.get(index).words()).words();
  }

  private int first(List<String> words, int from) {
    int limit = Math.min(output.size(), from + MOST_LINES);
    for (int index = from; index < limit; index++) {
      boolean begins =
          OutputShape.recognise(List.of(output.get(index)))
              .filter(shape -> prints(words, shape.words()))
              .isPresent();
      if (begins) {
        return index;
      }
    }
    return -1;
  }

  /** Whether a command prints a shape: the same program, and the same object of {@code ip}. */
  private static boolean prints(List<String> words, List<String> shape) {
    if (!words.getFirst().equals(shape.getFirst())) {
      return false;
    }
    return !words.getFirst().equals("ip") || object(words).equals(object(shape));
  }

  private static String object(List<String> words) {
    return words.stream()
        .skip(1)
        .filter(word -> !word.startsWith("-"))
        .findFirst()
        .map(word -> word.startsWith("ru") ? "ru" : word.substring(0, 1))
        .orElse("");
  }

  private int only(int from, java.util.function.Predicate<Line> condition) {
    for (int index = from; index < output.size(); index++) {
      if (condition.test(output.get(index))) {
        return index;
      }
    }
    return -1;
  }

  /** What an {@code echo} prints; empty when the command is another one or isn't plain. */
  private static Optional<String> echo(Pipeline pipeline) {
    List<String> words = pipeline.words();
    boolean plain =
        words.getFirst().equals("echo")
            && words.stream().noneMatch(word -> word.contains("$") || word.contains("`"));
    return plain ? Optional.of(String.join(" ", Echo.words(words))) : Optional.empty();
  }
}
