package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a file of a known bundle holds. */
sealed interface BundledFile {
  /**
   * Outputs of commands, one behind the other.
   *
   * @param section the command whose output begins with a line; empty where none begins
   * @param first the command of what stands before the first such line
   * @param headings whether such a line only names the output behind it
   */
  record Outputs(
      Place place,
      List<String> first,
      Function<String, Optional<List<String>>> section,
      boolean headings)
      implements BundledFile {

    Transcript transcript(String file, List<Line> lines) {
      RunList runs = new RunList(file, new Session(file));
      List<Line> loose = new ArrayList<>();
      LooseText text = new LooseText(place, runs, loose);
      List<String> words = first;
      int from = 0;
      for (int index = 0; index < lines.size(); index++) {
        Optional<List<String>> next = section.apply(lines.get(index).text());
        if (next.isPresent() && !next.get().equals(words)) {
          take(text, file, words, lines.subList(from, index));
          words = next.get();
          from = headings ? index + 1 : index;
        }
      }
      List<Line> last = lines.subList(from, lines.size());
      if (from == 0 || !isBlank(last)) {
        text.add(place, words, last, file);
      }
      return new Transcript(runs.entries(), loose);
    }

    private void take(LooseText text, String file, List<String> words, List<Line> lines) {
      if (!isBlank(lines)) {
        text.add(place, words, lines, file);
      }
    }

    private static boolean isBlank(List<Line> lines) {
      return lines.stream().allMatch(Line::isBlank);
    }
  }

  /**
   * Something that tells nothing about a network.
   *
   * @param what such as {@code a log}
   */
  record Other(String what) implements BundledFile {}

  /** A file with the output of one command. */
  static BundledFile output(Place place, String... words) {
    return new Outputs(place, List.of(words), line -> Optional.empty(), false);
  }
}
