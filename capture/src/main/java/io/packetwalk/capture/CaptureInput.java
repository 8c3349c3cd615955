package io.packetwalk.capture;

import com.github.luben.zstd.ZstdInputStream;
import io.packetwalk.wire.capture.ByteSource;
import io.packetwalk.wire.capture.CaptureReader;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/**
 * An opened capture: a file or a stream, plain or compressed with gzip or zstd, which its first
 * bytes tell.
 *
 * <p>A compressed stream that is cut off gives what came before, and the reader's fault says where.
 */
public final class CaptureInput implements Closeable {
  private static final int GZIP = 0x1f8b_0000;
  private static final int GZIP_MASK = 0xffff_0000;
  private static final int ZSTD = 0x28b5_2ffd;
  private static final int BUFFER = 256 * 1024;

  private final Closeable closing;
  private final OptionalLong size;
  private final Counter counter;
  private final CaptureReader reader;

  private CaptureInput(Closeable closing, OptionalLong size, Counter counter, ByteSource source) {
    this.closing = closing;
    this.size = size;
    this.counter = counter;
    this.reader = CaptureReader.open(source);
  }

  /** Opens a file. */
  public static CaptureInput open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    try {
      ByteBuffer start = ByteBuffer.allocate(4);
      while (start.hasRemaining() && channel.read(start, start.position()) > 0) {}
      int magic = start.hasRemaining() ? 0 : start.getInt(0);
      OptionalLong size =
          channel.size() > 0 ? OptionalLong.of(channel.size()) : OptionalLong.empty();
      Counter counter = new Counter();
      ByteSource plain = counted(counter, channel);
      ByteSource source = isCompressed(magic) ? decompressed(magic, stream(plain)) : plain;
      return new CaptureInput(channel, size, counter, source);
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  /** Opens a stream whose length isn't known, such as standard input. */
  public static CaptureInput of(InputStream stream) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
    buffered.mark(8);
    byte[] start = buffered.readNBytes(4);
    buffered.reset();
    int magic = start.length < 4 ? 0 : ByteBuffer.wrap(start).getInt();
    Counter counter = new Counter();
    ByteSource plain = counted(counter, buffered);
    ByteSource source = isCompressed(magic) ? decompressed(magic, stream(plain)) : plain;
    return new CaptureInput(buffered, OptionalLong.empty(), counter, source);
  }

  public CaptureReader reader() {
    return reader;
  }

  /** The file's size in bytes, when it has one. */
  public OptionalLong size() {
    return size;
  }

  /** How many bytes of the file or stream were read. */
  public long position() {
    return counter.bytes;
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }

  private static boolean isCompressed(int magic) {
    return (magic & GZIP_MASK) == GZIP || magic == ZSTD;
  }

  private static ByteSource decompressed(int magic, InputStream compressed) throws IOException {
    InputStream stream =
        magic == ZSTD ? new ZstdInputStream(compressed) : new GZIPInputStream(compressed, BUFFER);
    return (target, offset, length) -> {
      try {
        return stream.read(target, offset, length);
      } catch (IOException _) {
        // Damaged or cut off: the capture ends here, and its reader says at which byte.
        return -1;
      }
    };
  }

  private static ByteSource counted(Counter counter, FileChannel channel) {
    return (target, offset, length) -> {
      try {
        return counter.add(channel.read(ByteBuffer.wrap(target, offset, length)));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    };
  }

  private static ByteSource counted(Counter counter, InputStream stream) {
    return (target, offset, length) -> {
      try {
        return counter.add(stream.read(target, offset, length));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    };
  }

  private static InputStream stream(ByteSource source) {
    return new InputStream() {
      @Override
      public int read() {
        byte[] single = new byte[1];
        return source.read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        return length == 0 ? 0 : source.read(target, offset, length);
      }
    };
  }

  /** How much was read so far. */
  private static final class Counter {
    private volatile long bytes;

    /** Only the thread that reads adds; others look. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    int add(int read) {
      bytes += Math.max(read, 0);
      return read;
    }
  }
}
