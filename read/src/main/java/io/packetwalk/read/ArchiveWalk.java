package io.packetwalk.read;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/** Goes through a file: a text is one, an archive's members are gone through in turn. */
final class ArchiveWalk {
  private static final int PEEKED = 512;
  private static final int TAR_MAGIC = 257;

  private final Budget budget;
  private final BiConsumer<String, String> texts;
  private final BiConsumer<String, String> skipped;

  ArchiveWalk(Budget budget, BiConsumer<String, String> texts, BiConsumer<String, String> skipped) {
    this.budget = budget;
    this.texts = texts;
    this.skipped = skipped;
  }

  /**
   * Takes a file.
   *
   * @param nameless whether an archive's own name is no part of its members' names
   */
  void take(String name, InputStream stream, boolean nameless) throws IOException {
    take(name, stream, nameless, 0);
  }

  private void take(String name, InputStream raw, boolean nameless, int depth) throws IOException {
    budget.entry(name);
    PushbackInputStream stream = new PushbackInputStream(raw, PEEKED);
    byte[] start = stream.readNBytes(PEEKED);
    stream.unread(start);
    Content content = Content.of(start);
    if (content.isPacked() && !budget.allowsDepth(depth + 1)) {
      skipped.accept(name, "an archive inside too many archives");
      return;
    }
    String prefix = nameless ? "" : name + "/";
    switch (content) {
      case GZIP -> take(unzipped(name), new GZIPInputStream(stream), nameless, depth + 1);
      case TAR -> members(prefix, new TarArchiveInputStream(stream), depth + 1);
      case ZIP -> members(prefix, new ZipArchiveInputStream(stream), depth + 1);
      case BINARY -> skipped.accept(name, "not text");
      case CAPTURE -> skipped.accept(name, "a capture");
      case TEXT -> texts.accept(name, text(name, stream));
    }
  }

  private static String unzipped(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".tgz")) {
      return name.substring(0, name.length() - 4) + ".tar";
    }
    return lower.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
  }

  private void members(String prefix, ArchiveInputStream<? extends ArchiveEntry> archive, int depth)
      throws IOException {
    ArchiveEntry entry = archive.getNextEntry();
    while (entry != null) {
      if (!entry.isDirectory()) {
        member(prefix + safe(entry.getName()), archive, entry, depth);
      }
      entry = archive.getNextEntry();
    }
  }

  private void member(
      String name,
      ArchiveInputStream<? extends ArchiveEntry> archive,
      ArchiveEntry entry,
      int depth)
      throws IOException {
    if (!canRead(archive, entry)) {
      skipped.accept(name, "packed in a way that isn't understood");
      return;
    }
    try {
      take(name, new Unclosed(archive), false, depth);
    } catch (java.util.zip.ZipException damaged) {
      skipped.accept(name, "a damaged archive: " + damaged.getMessage());
    }
  }

  private static boolean canRead(
      ArchiveInputStream<? extends ArchiveEntry> archive, ArchiveEntry entry) {
    return !(archive instanceof ZipArchiveInputStream zip) || zip.canReadEntryData(entry);
  }

  /** A member's name as a path inside the state: nothing of it leads out. */
  private static String safe(String name) {
    List<String> parts = new ArrayList<>();
    for (String part : name.replace('\\', '/').split("/", -1)) {
      if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private String text(String name, InputStream stream) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    int count = stream.read(buffer);
    while (count >= 0) {
      budget.bytes(name, count);
      bytes.write(buffer, 0, count);
      count = stream.read(buffer);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** What a file's first bytes say that it is. */
  private enum Content {
    GZIP,
    TAR,
    ZIP,
    CAPTURE,
    BINARY,
    TEXT;

    static Content of(byte[] start) {
      if (begins(start, 0x1f, 0x8b)) {
        return GZIP;
      }
      if (begins(start, 'P', 'K', 3, 4)) {
        return ZIP;
      }
      if (start.length >= TAR_MAGIC + 5
          && new String(start, TAR_MAGIC, 5, StandardCharsets.US_ASCII).equals("ustar")) {
        return TAR;
      }
      if (isCapture(start)) {
        return CAPTURE;
      }
      return isBinary(start) ? BINARY : TEXT;
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

    private static boolean isCapture(byte[] start) {
      return begins(start, 0xd4, 0xc3, 0xb2, 0xa1)
          || begins(start, 0xa1, 0xb2, 0xc3, 0xd4)
          || begins(start, 0x4d, 0x3c, 0xb2, 0xa1)
          || begins(start, 0xa1, 0xb2, 0x3c, 0x4d)
          || begins(start, 0x0a, 0x0d, 0x0d, 0x0a);
    }

    private static boolean isBinary(byte[] start) {
      for (byte value : start) {
        if (value == 0) {
          return true;
        }
      }
      return false;
    }

    boolean isPacked() {
      return switch (this) {
        case GZIP, TAR, ZIP -> true;
        case CAPTURE, BINARY, TEXT -> false;
      };
    }
  }

  /** An archive that stays open when one of its members has been read. */
  private static final class Unclosed extends FilterInputStream {
    Unclosed(InputStream stream) {
      super(stream);
    }

    @Override
    public void close() {
      // The archive's owner closes it.
    }
  }
}
