package io.packetwalk.capture;

import io.packetwalk.wire.LinkType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A pcap file as chunks of whole records, which several threads take one after the other.
 *
 * <p>Each thread reads its piece of the file by itself. Where a piece's first record starts is
 * known when the piece before has been measured, record by record; that is all that the threads
 * wait for each other for.
 *
 * <p>Only the usual pcap formats, with microseconds or nanoseconds in either byte order, are cut.
 */
public final class PcapChunks implements Closeable {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int CAPTURED = 8;
  private static final int LONGEST_RECORD = 256 * 1024 + RECORD_HEADER;

  private final FileChannel channel;
  private final ByteOrder order;
  private final LinkType linkType;
  private final int pieceLength;
  private final AtomicLong pieces = new AtomicLong();
  private final RecordStarts starts = new RecordStarts(FILE_HEADER);
  private volatile boolean whole;

  private PcapChunks(FileChannel channel, ByteOrder order, LinkType linkType, int pieceLength) {
    this.channel = channel;
    this.order = order;
    this.linkType = linkType;
    this.pieceLength = pieceLength;
  }

  /**
   * Opens a file that is to be read in pieces of so many bytes; empty when it isn't of a format
   * that is cut.
   */
  public static Optional<PcapChunks> open(Path file, int pieceLength) throws IOException {
    FileChannel channel = FileChannel.open(file);
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
    fill(channel, header, 0);
    Optional<ByteOrder> order = header.hasRemaining() ? Optional.empty() : order(header.getInt(0));
    if (order.isEmpty()) {
      channel.close();
      return Optional.empty();
    }
    int link = header.order(order.get()).getInt(20) & 0xffff;
    return Optional.of(new PcapChunks(channel, order.get(), new LinkType(link), pieceLength));
  }

  private static Optional<ByteOrder> order(int magic) {
    return switch (magic) {
      case 0xa1b2c3d4, 0xa1b23c4d -> Optional.of(ByteOrder.BIG_ENDIAN);
      case 0xd4c3b2a1, 0x4d3cb2a1 -> Optional.of(ByteOrder.LITTLE_ENDIAN);
      default -> Optional.empty();
    };
  }

  public LinkType linkType() {
    return linkType;
  }

  /** A buffer for one thread's chunks. */
  public ByteBuffer buffer() {
    return ByteBuffer.allocate(pieceLength + LONGEST_RECORD + RECORD_HEADER).order(order);
  }

  /**
   * Puts the next whole records between the buffer's position and its limit; false at the end, or
   * before a record that no reader accepts.
   */
  public boolean next(ByteBuffer buffer) throws IOException {
    try {
      return take(buffer);
    } catch (IOException | RuntimeException e) {
      starts.end();
      throw e;
    }
  }

  private boolean take(ByteBuffer buffer) throws IOException {
    while (true) {
      long piece = pieces.getAndIncrement();
      long offset = FILE_HEADER + piece * pieceLength;
      fill(channel, buffer.clear().limit(pieceLength), offset);
      long first = starts.await(piece);
      if (first == RecordStarts.NONE) {
        return false;
      }
      Records records = measure(buffer, offset, first);
      starts.pass(piece, records.last() ? RecordStarts.NONE : offset + records.end());
      complete(buffer, offset, records);
      if (records.last()) {
        whole = offset + buffer.limit() == channel.size();
      }
      if (records.last() || buffer.hasRemaining()) {
        return buffer.hasRemaining();
      }
    }
  }

  /** The records that start in the buffer; the tail of the last may be missing yet. */
  private Records measure(ByteBuffer buffer, long offset, long first) throws IOException {
    int read = buffer.position();
    boolean last = read < pieceLength;
    int from = (int) Math.min(first - offset, Integer.MAX_VALUE);
    int tail = from;
    int at = from;
    while (at < read) {
      if (!header(buffer, at, offset)) {
        return new Records(from, tail, at, true);
      }
      tail = at;
      at += RECORD_HEADER + buffer.getInt(at + CAPTURED);
    }
    return new Records(from, tail, at, last);
  }

  /** Whether a record starts there; what the piece lacks of its header is read. */
  private boolean header(ByteBuffer buffer, int at, long offset) throws IOException {
    if (at + RECORD_HEADER > buffer.position()) {
      fill(channel, buffer.limit(at + RECORD_HEADER), offset);
    }
    if (at + RECORD_HEADER > buffer.position()) {
      return false;
    }
    int captured = buffer.getInt(at + CAPTURED);
    return captured >= 0 && captured <= LONGEST_RECORD - RECORD_HEADER;
  }

  /** Reads what is missing of the last record; without all of it, there is no such record. */
  private void complete(ByteBuffer buffer, long offset, Records records) throws IOException {
    if (records.from() == records.end()) {
      int end = Math.min(records.end(), buffer.capacity());
      buffer.limit(end).position(end);
      return;
    }
    if (records.end() > buffer.position()) {
      fill(channel, buffer.limit(records.end()), offset);
    }
    int end = records.end() <= buffer.position() ? records.end() : records.tail();
    buffer.limit(end).position(records.from());
  }

  /**
   * Whether the chunks, when all are taken, are all that the file has: none of it was unreadable.
   */
  public boolean isWhole() {
    return whole;
  }

  /** How much of the file the threads have taken so far, in bytes. */
  public long position() throws IOException {
    return Math.min(FILE_HEADER + pieces.get() * pieceLength, channel.size());
  }

  /** Reads on behind what the buffer has, which starts at that offset of the file. */
  private static void fill(FileChannel channel, ByteBuffer buffer, long offset) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) > 0) {}
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * Records in a buffer: from the first's start to the end of the last, which starts at {@code
   * tail}.
   */
  private record Records(int from, int tail, int end, boolean last) {}
}
