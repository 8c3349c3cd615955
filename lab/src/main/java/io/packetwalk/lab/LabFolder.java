package io.packetwalk.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The files that a practice cluster keeps while it is up, and by which it is found again. */
final class LabFolder {
  private static final String DESCRIPTION = "lab.properties";
  private static final int DELETE_TRIES = 50;
  private static final Duration DELETE_PAUSE = Duration.ofMillis(100);

  private final Path path;

  private LabFolder(Path path) {
    this.path = path;
  }

  /** The folder of the lab of this name, which needn't exist. */
  static LabFolder of(String name) {
    return new LabFolder(base().resolve(name));
  }

  /** The folders of all labs of this user. */
  static List<LabFolder> all() throws IOException {
    if (!Files.isDirectory(base())) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(base())) {
      return entries.filter(Files::isDirectory).sorted().map(LabFolder::new).toList();
    }
  }

  private static Path base() {
    String elsewhere = System.getProperty("packetwalk.labs", "");
    return elsewhere.isEmpty()
        ? Path.of(System.getProperty("java.io.tmpdir"), "packetwalk-labs-" + userName())
        : Path.of(elsewhere);
  }

  private static String userName() {
    return System.getProperty("user.name", "user").replaceAll("[^A-Za-z0-9_-]", "_");
  }

  /** Makes it, for its owner only. Somebody else's folder of that name is refused. */
  void create() throws IOException {
    var permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(base(), permissions);
    boolean own =
        Files.isDirectory(base(), LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(base(), LinkOption.NOFOLLOW_LINKS)
                .getName()
                .equals(System.getProperty("user.name"));
    if (!own) {
      throw new LabException(base() + " belongs to somebody else");
    }
    Files.createDirectory(path, permissions);
  }

  String name() {
    return path.getFileName().toString();
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  boolean exists() {
    return Files.isDirectory(path);
  }

  void describe(Properties properties) throws IOException {
    Path next = file(DESCRIPTION + ".new");
    try (var writer = Files.newBufferedWriter(next)) {
      properties.store(writer, null);
    }
    Files.move(next, file(DESCRIPTION), StandardCopyOption.ATOMIC_MOVE);
  }

  /** What was written about it; empty when its maker didn't come so far. */
  Optional<Properties> description() throws IOException {
    if (!Files.exists(file(DESCRIPTION))) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file(DESCRIPTION))) {
      properties.load(reader);
    }
    return Optional.of(properties);
  }

  /** Copies a file that ships with the program. */
  void unpack(String resource) throws IOException {
    try (InputStream stream = LabFolder.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException(resource + " is not in this build");
      }
      Files.copy(stream, file(resource));
    }
  }

  /**
   * Removes it with all that is in it. Programs that have just been killed may still write into it.
   */
  void delete() throws IOException, InterruptedException {
    for (int tries = 1; exists(); tries++) {
      try {
        deleteOnce();
      } catch (DirectoryNotEmptyException late) {
        if (tries == DELETE_TRIES) {
          throw late;
        }
        Thread.sleep(DELETE_PAUSE);
      }
    }
  }

  private void deleteOnce() throws IOException {
    List<Path> entries;
    try (Stream<Path> walk = Files.walk(path)) {
      entries = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.deleteIfExists(entry);
    }
    try (Stream<Path> rest = Files.list(base())) {
      if (rest.findAny().isEmpty()) {
        Files.deleteIfExists(base());
      }
    }
  }
}
