package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a command's output looks like, for outputs that stand in a file without their command.
 *
 * @param command the command that prints such output
 * @param line what one of its first lines has that no other command's has
 * @param whole what must hold besides for the first lines together
 */
record OutputShape(String command, Predicate<String> line, Predicate<Sample> whole) {

  /** The first lines of an output that aren't blank. */
  record Sample(List<String> lines) {
    private static final int MOST_LINES = 80;
    private static final int LONGEST = 400;

    Sample {
      lines = List.copyOf(lines);
    }

    static Sample of(List<Line> lines) {
      return new Sample(
          lines.stream()
              .map(Line::text)
              .filter(text -> !text.isBlank())
              .limit(MOST_LINES)
              .map(text -> text.length() > LONGEST ? text.substring(0, LONGEST) : text)
              .toList());
    }

    boolean any(Predicate<String> condition) {
      return lines.stream().anyMatch(condition);
    }

    boolean contains(String text) {
      return any(line -> line.contains(text));
    }
  }

  boolean fits(Sample sample) {
    return sample.any(line) && whole.test(sample);
  }

  boolean isJson() {
    return command.contains(" -j") || command.endsWith("json");
  }

  List<String> words() {
    return List.of(command.split(" "));
  }

  /** The first of the known shapes that an output has. */
  static Optional<OutputShape> recognise(List<Line> lines) {
    Sample sample = Sample.of(lines);
    return OutputShapes.ALL.stream().filter(shape -> shape.fits(sample)).findFirst();
  }
}
