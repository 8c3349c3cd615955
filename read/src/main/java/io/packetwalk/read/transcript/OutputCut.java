package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.ArrayList;
import java.util.List;

/**
 * A command's output without what isn't the command's.
 *
 * @param words the command, or {@code kubectl declared} when it shows a file of objects
 * @param behind pasted objects behind the output and all that follows them
 */
record OutputCut(
    List<String> words, List<Line> content, List<Line> failures, List<Line> behind, boolean gap) {

  static OutputCut of(Unwrapped command, List<Line> output) {
    boolean printer = ObjectText.isPrinter(command.words());
    List<Line> content = new ArrayList<>();
    List<Line> failures = new ArrayList<>();
    boolean gap = false;
    int index = 0;
    while (index < output.size()) {
      Line line = output.get(index);
      if (!printer && ObjectText.begins(line.text())) {
        break;
      }
      switch (OutputLine.of(line.text())) {
        case CONTENT -> content.add(withoutEmphasis(line));
        case DECORATION -> {
          // Accounted for by being no part of the output.
        }
        case GAP -> gap = true;
        case FAILURE -> {
          failures.add(line);
          gap = true;
        }
      }
      index++;
    }
    List<String> words = isShownFile(command.words(), content) ? DECLARED : command.words();
    return new OutputCut(words, content, failures, output.subList(index, output.size()), gap);
  }

  /** A line that somebody made bold in Markdown, to point at it. */
  private static Line withoutEmphasis(Line line) {
    String text = line.text();
    boolean bold = text.length() > 4 && text.startsWith("**") && text.endsWith("**");
    return bold
        ? new Line(line.file(), line.number(), text.substring(2, text.length() - 2).strip())
        : line;
  }

  private static final List<String> DECLARED = List.of("kubectl", "declared");

  private static boolean isShownFile(List<String> words, List<Line> content) {
    boolean shows =
        !words.isEmpty()
            && switch (words.getFirst()) {
              case "cat", "less", "more", "bat", "vi", "vim" -> true;
              default -> false;
            };
    return shows && content.stream().anyMatch(line -> ObjectText.begins(line.text()));
  }
}
