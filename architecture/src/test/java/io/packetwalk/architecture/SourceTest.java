package io.packetwalk.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the sources themselves must hold to. */
class SourceTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void every_package_says_what_it_is() throws IOException {
    List<Path> silent =
        sources()
            .filter(source -> source.toString().contains("/src/main/java/"))
            .filter(source -> !source.endsWith("module-info.java"))
            .map(Path::getParent)
            .distinct()
            .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
            .toList();
    assertThat(silent).isEmpty();
  }

  @Test
  void nothing_is_left_for_later_in_the_code() throws IOException {
    String mark = "TO" + "DO";
    List<Path> marked = sources().filter(source -> text(source).contains(mark)).toList();
    assertThat(marked).as("do it, or write it into LIMITATIONS.md").isEmpty();
  }

  @Test
  void no_test_is_switched_off() throws IOException {
    String annotation = "@Dis" + "abled";
    assertThat(sources().filter(source -> text(source).contains(annotation)).toList()).isEmpty();
  }

  private static Stream<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !ROOT.relativize(file).toString().contains("target/"))
          .toList()
          .stream();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException exception) {
      throw new UncheckedIOException(exception);
    }
  }
}
