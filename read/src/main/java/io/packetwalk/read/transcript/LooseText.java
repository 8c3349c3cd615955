package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Text that stands behind no command: pasted objects and, in a file without prompts, whole outputs
 * become commands of their own.
 */
final class LooseText {
  private final Place place;
  private final List<Transcript.Entry> entries;
  private final List<Line> loose;

  LooseText(Place place, List<Transcript.Entry> entries, List<Line> loose) {
    this.place = place;
    this.entries = entries;
    this.loose = loose;
  }

  /** Takes a file without any prompt: one command's output, or a document. */
  void takeFile(String file, List<Line> lines) {
    Optional<OutputShape> shape = OutputShape.recognise(lines);
    boolean json = shape.filter(OutputShape::isJson).isPresent() || isJson(lines);
    Optional<List<String>> named = json ? Optional.empty() : FileNames.command(file);
    Optional<Headed> headed = json ? Optional.empty() : Headed.of(lines, shape);
    if (headed.isPresent()) {
      add(FileNames.place(file), headed.get().words(), headed.get().output(), file);
      return;
    }
    named
        .or(() -> shape.map(OutputShape::words))
        .ifPresentOrElse(
            words -> add(FileNames.place(file), words, lines, file), () -> take(lines));
  }

  /** An output under its command, which stands there without a prompt. */
  private record Headed(List<String> words, List<Line> output) {
    static Optional<Headed> of(List<Line> lines, Optional<OutputShape> shape) {
      int first = 0;
      while (first < lines.size() && lines.get(first).isBlank()) {
        first++;
      }
      if (shape.isEmpty() || first == lines.size()) {
        return Optional.empty();
      }
      List<String> words = List.of(lines.get(first).text().strip().split("\\s+"));
      boolean same = tool(words).equals(tool(shape.get().words()));
      return same && words.size() > 1 && KnownCommands.contains(words.getFirst())
          ? Optional.of(new Headed(words, lines.subList(first + 1, lines.size())))
          : Optional.empty();
    }

    /** The command's name without what tells its variants apart. */
    private static String tool(List<String> words) {
      return words.getFirst().split("-", 2)[0];
    }
  }

  private static boolean isJson(List<Line> lines) {
    return lines.stream()
        .filter(line -> !line.isBlank())
        .findFirst()
        .filter(line -> line.text().startsWith("{") || line.text().startsWith("["))
        .isPresent();
  }

  /**
   * Takes a block that somebody set apart as an output, such as a fenced one in a document.
   *
   * @param announced the command that the text above it names; empty when it names none
   */
  void takeBlock(List<Line> lines, List<String> announced) {
    if (lines.stream().allMatch(Line::isBlank)) {
      take(lines);
    } else if (!announced.isEmpty()) {
      add(place, announced, lines, lines.getFirst().file());
    } else {
      OutputShape.recognise(lines)
          .ifPresentOrElse(
              shape -> add(place, shape.words(), lines, lines.getFirst().file()),
              () -> take(lines));
    }
  }

  /** Takes a whole output: one of no lines says that there is nothing. */
  void add(Place at, List<String> words, List<Line> lines, String file) {
    Unwrapped unwrapped = Wrappers.unwrap(at, words);
    Line first = lines.isEmpty() ? new Line(file, 1, "") : lines.getFirst();
    OutputCut cut = OutputCut.of(unwrapped, lines);
    entries.add(
        new Transcript.Entry(
            new CommandRun(unwrapped.place(), cut.words(), first, cut.content(), cut.gap()),
            cut.failures()));
    take(cut.behind());
  }

  void take(List<Line> lines) {
    int index = 0;
    while (index < lines.size()) {
      Line line = lines.get(index);
      if (ObjectText.begins(line.text())) {
        int end = ObjectText.end(lines, index);
        entries.add(declared(new ArrayList<>(lines.subList(index, end))));
        index = end;
      } else {
        loose.add(line);
        index++;
      }
    }
  }

  private Transcript.Entry declared(List<Line> block) {
    boolean fromServer =
        block.stream().anyMatch(line -> ObjectText.isServerField(line.text().strip()));
    List<String> words =
        fromServer ? List.of("kubectl", "get", "-o", "yaml") : List.of("kubectl", "declared");
    return new Transcript.Entry(
        new CommandRun(place, words, block.getFirst(), block, false), List.of());
  }
}
