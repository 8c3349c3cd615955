package io.packetwalk.gather;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Where a state is written to: a folder, or an archive when its name ends like one. */
public final class Destination {
  private final Path path;

  private Destination(Path path) {
    this.path = path;
  }

  /**
   * A place for a new state.
   *
   * @throws FileAlreadyExistsException when something is there: no state is overwritten
   */
  public static Destination fresh(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw new FileAlreadyExistsException(path + " isn't empty");
        }
      }
    } else if (Files.exists(path)) {
      throw new FileAlreadyExistsException(path + " exists");
    }
    return new Destination(path);
  }

  /** Writes all files of the state that hold something; an archive appears when it is whole. */
  public void write(List<Gathered> gathered) throws IOException {
    List<Gathered> files = gathered.stream().filter(file -> !file.text().isEmpty()).toList();
    Kind kind = Kind.of(path);
    if (kind == Kind.FOLDER) {
      for (Gathered file : files) {
        Path target = path.resolve(file.name());
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.text());
      }
      return;
    }
    Path whole = path.toAbsolutePath();
    Files.createDirectories(whole.getParent());
    Path unfinished = whole.resolveSibling("." + whole.getFileName() + ".part");
    try {
      try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
        archive(kind, stream, files);
      }
      Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void archive(Kind kind, OutputStream stream, List<Gathered> files)
      throws IOException {
    switch (kind) {
      case FOLDER -> throw new IllegalArgumentException("a folder is no archive");
      case ZIP -> {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(stream)) {
          for (Gathered file : files) {
            add(zip, new ZipArchiveEntry(file.name()), bytes(file));
          }
        }
      }
      case TAR -> tar(stream, files);
      case TAR_GZ -> {
        try (OutputStream packed = new GZIPOutputStream(stream)) {
          tar(packed, files);
        }
      }
    }
  }

  private static void tar(OutputStream stream, List<Gathered> files) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(stream)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      for (Gathered file : files) {
        byte[] bytes = bytes(file);
        TarArchiveEntry entry = new TarArchiveEntry(file.name());
        entry.setSize(bytes.length);
        add(tar, entry, bytes);
      }
    }
  }

  private static <E extends ArchiveEntry> void add(
      ArchiveOutputStream<E> archive, E entry, byte[] bytes) throws IOException {
    archive.putArchiveEntry(entry);
    archive.write(bytes);
    archive.closeArchiveEntry();
  }

  private static byte[] bytes(Gathered file) {
    return file.text().getBytes(StandardCharsets.UTF_8);
  }

  /** What a name asks for. */
  private enum Kind {
    FOLDER,
    TAR,
    TAR_GZ,
    ZIP;

    static Kind of(Path path) {
      String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
      if (name.endsWith(".tar.gz") || name.endsWith(".tgz")) {
        return TAR_GZ;
      }
      return name.endsWith(".tar") ? TAR : name.endsWith(".zip") ? ZIP : FOLDER;
    }
  }
}
