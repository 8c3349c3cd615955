package io.packetwalk.wire.capture;

import io.packetwalk.wire.Bytes;
import java.util.Arrays;

/**
 * The part of a capture that is in memory: a buffer that is filled sequentially and used again. It
 * grows only for a record that is larger, as far as bytes really arrive.
 */
final class Window {
  private static final int INITIAL_CAPACITY = 256 * 1024;

  private final ByteSource source;
  private byte[] buffer = new byte[INITIAL_CAPACITY];
  private int position;
  private int limit;
  private long consumed;
  private boolean littleEndian;

  Window(ByteSource source) {
    this.source = source;
  }

  /** Makes this many bytes available at the position; false when the source ends before. */
  boolean ensure(int length) {
    return limit - position >= length || fill(length);
  }

  private boolean fill(int length) {
    System.arraycopy(buffer, position, buffer, 0, limit - position);
    limit -= position;
    position = 0;
    while (limit < length) {
      if (limit == buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, Math.max(length, limit)));
      }
      int read = source.read(buffer, limit, buffer.length - limit);
      if (read < 0) {
        return false;
      }
      limit += read;
    }
    return true;
  }

  void advance(int length) {
    position += length;
    consumed += length;
  }

  byte[] buffer() {
    return buffer;
  }

  int position() {
    return position;
  }

  int available() {
    return limit - position;
  }

  /** The position, in bytes from the start of the capture. */
  long offset() {
    return consumed;
  }

  void order(boolean little) {
    littleEndian = little;
  }

  boolean isLittleEndian() {
    return littleEndian;
  }

  int octet(int offset) {
    return buffer[position + offset] & 0xff;
  }

  int half(int offset) {
    int first = octet(offset);
    int second = octet(offset + 1);
    return littleEndian ? second << 8 | first : first << 8 | second;
  }

  int word(int offset) {
    int first = half(offset);
    int second = half(offset + 2);
    return littleEndian ? second << 16 | first : first << 16 | second;
  }

  long unsignedWord(int offset) {
    return word(offset) & 0xffff_ffffL;
  }

  long doubleWord(int offset) {
    long first = unsignedWord(offset);
    long second = unsignedWord(offset + 4);
    return littleEndian ? second << 32 | first : first << 32 | second;
  }

  Bytes bytes(int offset, int length) {
    return Bytes.of(buffer, position + offset, length);
  }
}
