package io.packetwalk.read.transcript;

import java.util.List;
import java.util.Set;

/** Commands that print nothing, so that what is shown belongs to those beside them. */
final class SilentCommands {
  private static final Set<String> NAMES =
      Set.of(
          "cd",
          "export",
          "set",
          "unset",
          "sleep",
          "true",
          "clear",
          "modprobe",
          "mkdir",
          "touch",
          "alias",
          "source",
          ".",
          ":",
          "pushd",
          "popd",
          "stty",
          "trap",
          "umask",
          "chmod",
          "chown");

  private SilentCommands() {}

  static List<Pipeline> without(List<Pipeline> pipelines) {
    return pipelines.stream()
        .filter(pipeline -> !NAMES.contains(pipeline.words().getFirst()))
        .toList();
  }
}
