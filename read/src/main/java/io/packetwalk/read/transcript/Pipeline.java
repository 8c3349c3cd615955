package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.CommandLine.Joint;
import io.packetwalk.read.transcript.CommandLine.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Commands joined by pipes, reduced to the one whose output is shown.
 *
 * @param words the command
 * @param filtered whether lines of its output were taken out
 */
record Pipeline(List<String> words, boolean filtered) {
  private static final Set<String> TRANSPARENT =
      Set.of("cat", "less", "more", "sort", "tee", "column", "nl", "uniq", "most", "bat", "ccze");
  private static final Set<String> FILTERS =
      Set.of("grep", "egrep", "fgrep", "zgrep", "rg", "head", "tail", "ag", "ack");

  Pipeline {
    words = List.copyOf(words);
  }

  /** The pipelines of a command line, in order. */
  static List<Pipeline> of(CommandLine line) {
    List<Pipeline> pipelines = new ArrayList<>();
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : line.stages()) {
      stages.add(stage);
      if (stage.after() != Joint.PIPE) {
        pipelines.add(reduce(stages));
        stages.clear();
      }
    }
    if (!stages.isEmpty()) {
      pipelines.add(reduce(stages));
    }
    return pipelines;
  }

  private static Pipeline reduce(List<Stage> stages) {
    List<String> words = stages.getFirst().words();
    boolean filtered = false;
    for (Stage stage : stages.subList(1, stages.size())) {
      List<String> next = withoutSudo(stage.words());
      String name = next.getFirst();
      if (FILTERS.contains(name)) {
        filtered = true;
      } else if (!TRANSPARENT.contains(name) && !isPlainFormatter(next)) {
        words = next;
        filtered = false;
      }
    }
    return new Pipeline(words, filtered);
  }

  private static List<String> withoutSudo(List<String> words) {
    return words.size() > 1 && words.getFirst().equals("sudo")
        ? words.subList(1, words.size())
        : words;
  }

  /** {@code jq .}, {@code python3 -m json.tool}: the same data with other white space. */
  private static boolean isPlainFormatter(List<String> words) {
    return switch (words.getFirst()) {
      case "jq", "yq" -> words.size() == 1 || words.getLast().equals(".");
      case "python", "python3" -> words.contains("json.tool");
      default -> false;
    };
  }
}
