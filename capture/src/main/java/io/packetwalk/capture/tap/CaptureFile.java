package io.packetwalk.capture.tap;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A capture that was found, and where its path says that it was taken.
 *
 * @param shown the path as it is shown to the user
 * @param name what its path says; empty when it says nothing
 * @param convincing whether the path was one inside a folder of captures, where it can hardly mean
 *     something else
 * @param log what a file beside it says of the capturing
 */
public record CaptureFile(
    Path path, String shown, Optional<TapName> name, boolean convincing, TapLog log) {
  private static final int DEEPEST_FOLDER = 32;

  /** A capture, with the log beside it when there is one. */
  public CaptureFile(Path path, String shown, Optional<TapName> name, boolean convincing) {
    this(path, shown, name, convincing, TapLog.beside(path));
  }

  /** Where archives are unpacked, when there is one. */
  @FunctionalInterface
  public interface Unpacking {
    /** A new folder with the captures of this archive. */
    Path unpack(Path archive) throws IOException;
  }

  /** The captures at these places, none of which is an archive. */
  public static List<CaptureFile> find(List<Path> places) throws IOException {
    return find(
        places,
        archive -> {
          throw new IOException(archive + " is an archive");
        });
  }

  /**
   * The captures at these places: files as they are, and of folders and archives the files whose
   * names are those of captures, sorted.
   */
  public static List<CaptureFile> find(List<Path> places, Unpacking unpacking) throws IOException {
    List<CaptureFile> files = new ArrayList<>();
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        folder(place, "", files);
      } else if (CaptureArchive.isArchive(place)) {
        folder(unpacking.unpack(place), place + "!", files);
      } else {
        files.add(file(place));
      }
    }
    return List.copyOf(files);
  }

  private static CaptureFile file(Path path) {
    return new CaptureFile(path, path.toString(), TapName.ofPath(parts(path)), false);
  }

  private static void folder(Path root, String prefix, List<CaptureFile> files) throws IOException {
    List<Path> found;
    try (Stream<Path> paths = Files.walk(root, DEEPEST_FOLDER, new FileVisitOption[0])) {
      found =
          paths
              .filter(path -> TapName.isCapture(String.valueOf(path.getFileName())))
              .filter(path -> Files.isRegularFile(path))
              .sorted()
              .toList();
    } catch (java.io.UncheckedIOException failure) {
      throw failure.getCause();
    }
    for (Path path : found) {
      List<String> inside = parts(root.relativize(path));
      Optional<TapName> name = TapName.ofPath(inside);
      boolean convincing = name.isPresent();
      String shown = prefix.endsWith("!") ? prefix + root.relativize(path) : path.toString();
      files.add(
          new CaptureFile(path, shown, name.or(() -> TapName.ofPath(parts(path))), convincing));
    }
  }

  private static List<String> parts(Path path) {
    List<String> parts = new ArrayList<>();
    path.forEach(part -> parts.add(part.toString()));
    return parts;
  }
}
