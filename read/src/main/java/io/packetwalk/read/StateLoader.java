package io.packetwalk.read;

import io.packetwalk.model.Inventory.SkippedFile;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.transcript.Bundles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Loads a state from where it lies: a folder, an archive or a single file, archives inside archives
 * included. Nothing is unpacked to disk.
 */
public final class StateLoader {
  private static final int DEEPEST_FOLDER = 32;

  private final Budget budget;
  private final List<StateFile> files = new ArrayList<>();
  private final List<SkippedFile> skipped = new ArrayList<>();

  private StateLoader(Budget budget) {
    this.budget = budget;
  }

  /**
   * What may be loaded at most, archives counted by what they unpack to.
   *
   * @param bytes of all texts together
   * @param entries files and archive members, skipped ones included
   * @param archiveDepth how many archives may lie inside one another
   */
  public record Limits(long bytes, int entries, int archiveDepth) {
    /** Enough for a cluster of thousands of nodes. */
    public static Limits generous() {
      return new Limits(4L << 30, 1_000_000, 4);
    }
  }

  /**
   * Loads a state.
   *
   * @throws IOException when a file can't be read or the limits are exceeded; the message names it
   */
  public static StateFiles load(Path path) throws IOException {
    return load(path, Limits.generous());
  }

  /** The same, with limits of the caller's. */
  public static StateFiles load(Path path, Limits limits) throws IOException {
    StateLoader loader = new StateLoader(new Budget(limits));
    if (Files.isDirectory(path)) {
      loader.folder(path);
    } else {
      String name = String.valueOf(path.getFileName());
      loader.file(path, name, !Bundles.namesMachine(name));
    }
    return new StateFiles(loader.files, loader.skipped);
  }

  private void folder(Path root) throws IOException {
    List<Path> found;
    try (Stream<Path> paths = Files.walk(root, DEEPEST_FOLDER, new FileVisitOption[0])) {
      found = paths.filter(path -> Files.isRegularFile(path)).sorted().toList();
    } catch (java.io.UncheckedIOException failure) {
      throw failure.getCause();
    }
    for (Path path : found) {
      Path relative = root.relativize(path);
      if (isHidden(relative)) {
        continue;
      }
      if (Files.isSymbolicLink(path) && !isInside(root, path)) {
        skip(name(relative), "a link that leads out of the state");
        continue;
      }
      file(path, name(relative), false);
    }
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInside(Path root, Path link) throws IOException {
    return link.toRealPath().startsWith(root.toRealPath());
  }

  private static String name(Path relative) {
    List<String> parts = new ArrayList<>();
    relative.forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }

  private void file(Path path, String name, boolean single) throws IOException {
    try (InputStream stream = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      new ArchiveWalk(budget, this::text, this::skip).take(name, stream, single);
    } catch (IOException failure) {
      throw new IOException(path + ": " + reason(failure), failure);
    }
  }

  private static String reason(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return failure instanceof java.nio.file.AccessDeniedException
        ? "access denied"
        : failure instanceof java.nio.file.NoSuchFileException ? "no such file" : message;
  }

  private void text(String name, String text) {
    files.add(new StateFile(name, text));
  }

  private void skip(String name, String reason) {
    skipped.add(new SkippedFile(name, reason));
  }
}
