package io.packetwalk.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One command with its output, as a recorded cluster's state has it. */
record Recorded(String machine, String command, List<String> output) {
  boolean isCluster() {
    return command.startsWith("kubectl");
  }

  String text() {
    return String.join("\n", output) + (output.isEmpty() ? "" : "\n");
  }

  /** As a terminal shows it. */
  String prompted() {
    return "root@" + machine + ":~# " + command + "\n" + text();
  }

  /** All that a state's folder has. */
  static List<Recorded> in(Path folder) throws IOException {
    List<Recorded> runs = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          if (line.matches("\\w+@\\S+:~[#$] .*")) {
            String machine = line.substring(line.indexOf('@') + 1, line.indexOf(':'));
            runs.add(new Recorded(machine, line.replaceFirst("^\\S+ ", ""), new ArrayList<>()));
          } else {
            runs.getLast().output().add(line);
          }
        }
      }
    }
    return runs;
  }
}
