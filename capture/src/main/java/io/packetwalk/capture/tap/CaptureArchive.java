package io.packetwalk.capture.tap;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * An archive of captures: tar, plain or compressed with gzip or zstd, or zip. Only what is named as
 * a capture is unpacked, and no name leads out of the folder.
 *
 * <p>A damaged archive gives what comes before the damage.
 */
public final class CaptureArchive {
  private static final int MOST_MEMBERS = 20_000;
  private static final int DEEPEST = 32;
  private static final int PEEKED = 512;
  private static final int TAR_MAGIC = 257;

  private final Path folder;
  private long room;
  private int members;

  private CaptureArchive(Path folder, long room) {
    this.folder = folder;
    this.room = room;
  }

  /** Whether the file is an archive, by its first bytes. */
  public static boolean isArchive(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file))) {
      raw.mark(PEEKED);
      byte[] start = raw.readNBytes(4);
      raw.reset();
      if (isZip(start)) {
        return true;
      }
      return isTar(decompressed(start, raw).readNBytes(PEEKED));
    } catch (IOException _) {
      // Compressed, and damaged: as a capture it tells where.
      return false;
    }
  }

  /**
   * Unpacks an archive's captures.
   *
   * @param most how many bytes may be written
   */
  public static void unpack(Path archive, Path folder, long most) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(archive))) {
      raw.mark(PEEKED);
      byte[] start = raw.readNBytes(4);
      raw.reset();
      CaptureArchive unpacked = new CaptureArchive(folder, most);
      unpacked.all(
          isZip(start)
              ? new ZipArchiveInputStream(raw)
              : new TarArchiveInputStream(new BufferedInputStream(decompressed(start, raw))));
    }
  }

  /** More than may be unpacked: an error of its own, since damage isn't one. */
  private static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    TooLargeException(String message) {
      super(message);
    }
  }

  private static InputStream decompressed(byte[] start, InputStream stream) throws IOException {
    if (begins(start, 0x1f, 0x8b)) {
      return new GZIPInputStream(stream);
    }
    return begins(start, 0x28, 0xb5, 0x2f, 0xfd) ? new ZstdInputStream(stream) : stream;
  }

  private static boolean isZip(byte[] start) {
    return begins(start, 'P', 'K', 3, 4);
  }

  private static boolean isTar(byte[] start) {
    return start.length == PEEKED
        && new String(start, TAR_MAGIC, 5, StandardCharsets.US_ASCII).equals("ustar");
  }

  private static boolean begins(byte[] start, int... expected) {
    if (start.length < expected.length) {
      return false;
    }
    for (int index = 0; index < expected.length; index++) {
      if ((start[index] & 0xff) != expected[index]) {
        return false;
      }
    }
    return true;
  }

  private void all(ArchiveInputStream<? extends ArchiveEntry> archive) throws IOException {
    try {
      each(archive);
    } catch (TooLargeException tooLarge) {
      throw tooLarge;
    } catch (IOException | IllegalArgumentException damaged) {
      if (members == 0) {
        throw new IOException("a damaged archive: " + damaged.getMessage(), damaged);
      }
    }
  }

  private void each(ArchiveInputStream<? extends ArchiveEntry> archive) throws IOException {
    ArchiveEntry entry = archive.getNextEntry();
    while (entry != null) {
      List<String> name = safe(entry.getName());
      boolean wanted =
          !entry.isDirectory()
              && !name.isEmpty()
              && name.size() <= DEEPEST
              && isWanted(name.getLast().toLowerCase(Locale.ROOT))
              && archive.canReadEntryData(entry);
      if (wanted) {
        member(name, archive);
      }
      entry = archive.getNextEntry();
    }
  }

  private static boolean isWanted(String name) {
    return TapName.isCapture(name) || TapLog.isLog(name) || name.equals(KernelDrops.FILE);
  }

  /** A member's name as a path inside the folder: nothing of it leads out. */
  private static List<String> safe(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.replace('\\', '/').replace('\0', '_').split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part);
      }
    }
    return parts;
  }

  private void member(List<String> name, InputStream content) throws IOException {
    if (++members > MOST_MEMBERS) {
      throw new TooLargeException("more than " + MOST_MEMBERS + " captures in one archive");
    }
    Path file = folder.resolve(String.join("/", name)).normalize();
    if (!file.startsWith(folder) || Files.exists(file)) {
      return;
    }
    Files.createDirectories(file.getParent());
    try (OutputStream output = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        room -= count;
        if (room < 0) {
          throw new TooLargeException(
              "the archive's captures are larger than there is room to unpack");
        }
        output.write(buffer, 0, count);
      }
    }
  }
}
