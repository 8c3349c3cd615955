package io.packetwalk.capture;

import io.packetwalk.wire.LinkType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A pcap file as chunks of whole records, which several threads take one after the other: reading
 * and finding the chunk's last record is all that they wait for each other for.
 *
 * <p>Only the usual pcap formats, with microseconds or nanoseconds in either byte order, are cut.
 */
public final class PcapChunks implements Closeable {
  private static final int FILE_HEADER = 24;
  private static final int RECORD_HEADER = 16;
  private static final int LONGEST_RECORD = 256 * 1024 + RECORD_HEADER;

  private final FileChannel channel;
  private final ByteOrder order;
  private final LinkType linkType;
  private long position = FILE_HEADER;

  private PcapChunks(FileChannel channel, ByteOrder order, LinkType linkType) {
    this.channel = channel;
    this.order = order;
    this.linkType = linkType;
  }

  /** Opens a file; empty when it isn't of a format that is cut. */
  public static Optional<PcapChunks> open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file);
    ByteBuffer header = ByteBuffer.allocate(FILE_HEADER);
    while (header.hasRemaining() && channel.read(header, header.position()) > 0) {}
    Optional<ByteOrder> order = header.hasRemaining() ? Optional.empty() : order(header.getInt(0));
    if (order.isEmpty()) {
      channel.close();
      return Optional.empty();
    }
    int link = header.order(order.get()).getInt(20) & 0xffff;
    return Optional.of(new PcapChunks(channel, order.get(), new LinkType(link)));
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
  public ByteBuffer buffer(int capacity) {
    return ByteBuffer.allocate(Math.max(capacity, LONGEST_RECORD)).order(order);
  }

  /**
   * Fills the buffer with the next whole records, from its start to its limit; false at the end or
   * before a record that no reader accepts.
   */
  public synchronized boolean next(ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {}
    int whole = wholeRecords(buffer);
    position += whole;
    buffer.position(0).limit(whole);
    return whole > 0;
  }

  private static int wholeRecords(ByteBuffer buffer) {
    int end = buffer.position();
    int at = 0;
    while (at + RECORD_HEADER <= end) {
      int captured = buffer.getInt(at + 8);
      int next = at + RECORD_HEADER + captured;
      if (captured < 0 || captured > LONGEST_RECORD || next > end) {
        break;
      }
      at = next;
    }
    return at;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
