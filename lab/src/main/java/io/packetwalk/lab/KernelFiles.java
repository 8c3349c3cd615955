package io.packetwalk.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A kernel of the distribution on this machine.
 *
 * @param root under which its files are: {@code boot/vmlinuz-VERSION} and {@code lib/modules}
 */
record KernelFiles(Path root, String version) {
  private static final String PREFIX = "vmlinuz-";

  /** One that has what a practice cluster needs, where the user says or where they are. */
  static Optional<KernelFiles> find() {
    List<Path> roots = new ArrayList<>();
    Optional.ofNullable(System.getenv("PACKETWALK_KERNEL")).map(Path::of).ifPresent(roots::add);
    roots.add(Path.of(System.getProperty("user.home"), ".cache", "packetwalk", "kernel"));
    roots.add(Path.of("/"));
    return roots.stream().flatMap(root -> in(root).stream()).findFirst();
  }

  /** Those under a root, the last by its name first. */
  static List<KernelFiles> in(Path root) {
    Path boot = root.resolve("boot");
    if (!Files.isDirectory(boot)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(boot)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX))
          .sorted(Comparator.reverseOrder())
          .map(name -> new KernelFiles(root, name.substring(PREFIX.length())))
          .filter(KernelFiles::isComplete)
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private boolean isComplete() {
    Path dependencies = modules().resolve(version).resolve("modules.dep");
    if (!Files.isReadable(dependencies) || !Files.isReadable(image())) {
      return false;
    }
    try (Stream<String> lines = Files.lines(dependencies)) {
      return lines.filter(line -> line.matches(".*/(?:openvswitch|9p)\\.ko[.a-z]*:.*")).count()
          == 2;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Path image() {
    return root.resolve("boot").resolve(PREFIX + version);
  }

  /** The folder that has the modules of this version in a folder of its name. */
  Path modules() {
    return root.resolve("lib").resolve("modules");
  }
}
