package io.packetwalk.read;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Data that lies beside the project's folder, for tests that go without it where it isn't. */
final class SharedData {
  private SharedData() {}

  /** A path under {@code ../shared/data}; the test is left out, with the reason, without it. */
  static Path path(String relative) {
    Optional<Path> root = above(Path.of("").toAbsolutePath());
    boolean there = root.isPresent() && Files.exists(root.get().resolve(relative));
    if (!there) {
      System.out.println("left out: ../shared/data/" + relative + " isn't beside the project");
    }
    Assumptions.assumeTrue(there, "../shared/data/" + relative + " isn't beside the project");
    return root.orElseThrow().resolve(relative);
  }

  private static Optional<Path> above(Path folder) {
    Path current = folder;
    while (current != null) {
      Path shared = current.resolve("shared").resolve("data");
      if (Files.isDirectory(shared)) {
        return Optional.of(shared);
      }
      current = current.getParent();
    }
    return Optional.empty();
  }
}
