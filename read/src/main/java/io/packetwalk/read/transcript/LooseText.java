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
  private static final int LONGEST_COMMAND = 200;

  private final Place place;
  private final RunList runs;
  private final List<Line> loose;

  LooseText(Place place, RunList runs, List<Line> loose) {
    this.place = place;
    this.runs = runs;
    this.loose = loose;
  }

  /** Takes a file without any prompt: one command's output, or a document. */
  void takeFile(String file, List<Line> lines) {
    Optional<OutputShape> shape = OutputShape.recognise(lines);
    boolean json = shape.filter(OutputShape::isJson).isPresent() || isJson(lines);
    Optional<List<String>> named = json ? Optional.empty() : FileNames.command(file);
    Place own = FileNames.place(file);
    int first = firstWritten(lines);
    if (!json && isSession(own, lines, first)) {
      takeTyped(own, lines, first);
      return;
    }
    named
        .or(() -> shape.map(OutputShape::words))
        .ifPresentOrElse(words -> add(own, words, lines, file), () -> take(lines));
  }

  /** An output under its command, which stands there without a prompt. */
  private record Headed(Unwrapped command, Line typed, List<Line> output) {
    /** The command at a line and its output up to an end, where they fit each other. */
    static Optional<Headed> at(Place place, List<Line> lines, int index, int end) {
      if (index >= end || !isTyped(lines.get(index).text())) {
        return Optional.empty();
      }
      Line typed = lines.get(index);
      List<CommandLine.Stage> stages = CommandLine.parse(typed.text().strip()).stages();
      Unwrapped command = Wrappers.unwrap(place, stages.getFirst().words());
      List<Line> output = lines.subList(index + 1, end);
      boolean own =
          stages.size() == 1
              && !command.words().isEmpty()
              && OutputShape.recognise(output)
                  .filter(shape -> tool(command.words()).equals(tool(shape.words())))
                  .isPresent();
      return own ? Optional.of(new Headed(command, typed, output)) : Optional.empty();
    }

    /** The command at a line and its output up to the next blank line. */
    static Optional<Headed> inParagraph(Place place, List<Line> lines, int index) {
      return isTyped(lines.get(index).text())
          ? at(place, lines, index, paragraphEnd(lines, index))
          : Optional.empty();
    }

    private static boolean isTyped(String text) {
      int space = text.indexOf(' ');
      return text.length() < LONGEST_COMMAND
          && KnownCommands.contains(space < 0 ? text : text.substring(0, space))
          && KnownCommands.plausible(text);
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
    runs.add(
        new CommandRun(unwrapped.place(), cut.words(), first, cut.content(), cut.gap()),
        cut.failures());
    take(cut.behind());
  }

  void take(List<Line> lines) {
    int index = 0;
    while (index < lines.size()) {
      Line line = lines.get(index);
      Optional<Headed> typed = Headed.inParagraph(place, lines, index);
      if (typed.isPresent()) {
        add(typed.get());
        index = paragraphEnd(lines, index);
      } else if (ObjectText.begins(line.text())) {
        int end = ObjectText.end(lines, index);
        runs.add(declared(new ArrayList<>(lines.subList(index, end))), List.of());
        index = end;
      } else {
        loose.add(line);
        index++;
      }
    }
  }

  private static int firstWritten(List<Line> lines) {
    int first = 0;
    while (first < lines.size() && lines.get(first).isBlank()) {
      first++;
    }
    return first;
  }

  /** Whether it begins with a command, and one of those that follow stands above its output. */
  private static boolean isSession(Place own, List<Line> lines, int first) {
    if (first >= lines.size() || !Headed.isTyped(lines.get(first).text())) {
      return false;
    }
    int index = first;
    while (index < lines.size()) {
      int next = commandAfter(own, lines, index);
      if (Headed.at(own, lines, index, next).isPresent()) {
        return true;
      }
      index = next;
    }
    return false;
  }

  /** Takes commands, each with all that stands between it and the next one. */
  private void takeTyped(Place own, List<Line> lines, int first) {
    int index = first;
    while (index < lines.size()) {
      int next = commandAfter(own, lines, index);
      Headed.at(own, lines, index, next)
          .ifPresentOrElse(this::add, taking(lines.subList(index, next)));
      index = next;
    }
  }

  private Runnable taking(List<Line> lines) {
    return () -> take(lines);
  }

  /** The next line with a command: above its output, or by itself behind a blank line. */
  private static int commandAfter(Place own, List<Line> lines, int index) {
    int next = index + 1;
    while (next < lines.size()) {
      boolean apart = lines.get(next - 1).isBlank() && Headed.isTyped(lines.get(next).text());
      if (apart || Headed.inParagraph(own, lines, next).isPresent()) {
        return next;
      }
      next++;
    }
    return next;
  }

  private static int paragraphEnd(List<Line> lines, int index) {
    int end = index + 1;
    while (end < lines.size() && !lines.get(end).isBlank()) {
      end++;
    }
    return end;
  }

  private void add(Headed headed) {
    Unwrapped command = headed.command();
    OutputCut cut = OutputCut.of(command, headed.output());
    runs.add(
        new CommandRun(command.place(), cut.words(), headed.typed(), cut.content(), cut.gap()),
        cut.failures());
    loose.addAll(cut.behind());
  }

  private CommandRun declared(List<Line> block) {
    boolean fromServer =
        block.stream().anyMatch(line -> ObjectText.isServerField(line.text().strip()));
    List<String> words =
        fromServer ? List.of("kubectl", "get", "-o", "yaml") : List.of("kubectl", "declared");
    return new CommandRun(place, words, block.getFirst(), block, false);
  }
}
