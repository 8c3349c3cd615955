package io.packetwalk.proof;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A tool of the project that builds something on this machine's kernel and writes what it saw. */
record KernelTool(String name, int seconds) {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  /** Runs it; what it said when it failed. */
  Optional<String> run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("tools").resolve(name).toString());
    command.addAll(arguments);
    File said = Files.createTempFile(name, ".txt").toFile();
    try {
      Process process =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.of("it took more than " + seconds + " seconds");
      }
      return process.exitValue() == 0
          ? Optional.empty()
          : Optional.of(Files.readString(said.toPath()).strip());
    } finally {
      Files.delete(said.toPath());
    }
  }
}
