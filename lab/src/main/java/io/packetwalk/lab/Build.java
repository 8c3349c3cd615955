package io.packetwalk.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The waiting for a cluster that is being built. */
final class Build {
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration POLL = Duration.ofMillis(20);
  private static final int LINES_SHOWN = 8;

  private Build() {}

  /** Waits until the file {@code built} tells how the script ended. */
  static void await(LabFolder folder, BooleanSupplier alive, Ground.Progress progress)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    Path built = folder.file("built");
    progress.at("building " + folder.name());
    while (!Files.exists(built)) {
      if (!alive.getAsBoolean() && !Files.exists(built)) {
        throw new LabException("the lab ended while it was built:\n" + log(folder));
      }
      if (System.nanoTime() > end) {
        throw new LabException(
            "the lab wasn't built in " + LONGEST.toSeconds() + " s:\n" + log(folder));
      }
      Thread.sleep(POLL);
    }
    if (!Files.readString(built).strip().equals("0")) {
      throw new LabException("the lab can't be built:\n" + log(folder));
    }
  }

  private static String log(LabFolder folder) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("first.log", "build.log")) {
      if (Files.exists(folder.file(name))) {
        List<String> lines = Files.readAllLines(folder.file(name));
        lines
            .subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size())
            .forEach(line -> text.append("  ").append(line).append('\n'));
      }
    }
    return text.toString().stripTrailing();
  }
}
