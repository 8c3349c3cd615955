package io.packetwalk.wire.capture;

import io.packetwalk.wire.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A little-endian pcapng block in the making. */
final class PcapngBlockBuilder {
  private static final int HEADER = 8;
  private static final int FOOTER = 4;
  private static final int LONGEST_OPTION = 0xffff;

  private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  private boolean optioned;

  PcapngBlockBuilder(int type) {
    buffer.putInt(type).putInt(0);
  }

  PcapngBlockBuilder half(int value) {
    room(2).putShort((short) value);
    return this;
  }

  PcapngBlockBuilder word(int value) {
    room(4).putInt(value);
    return this;
  }

  PcapngBlockBuilder doubleWord(long value) {
    room(8).putLong(value);
    return this;
  }

  /** Bytes, and zeros up to a multiple of four. */
  PcapngBlockBuilder padded(byte[] bytes) {
    int padding = -bytes.length & 3;
    room(bytes.length + padding).put(bytes).put(new byte[padding]);
    return this;
  }

  PcapngBlockBuilder text(int code, String text) {
    return option(code, text.getBytes(StandardCharsets.UTF_8));
  }

  /** An option, or a record of names, which has the same form; too long a value is cut. */
  PcapngBlockBuilder option(int code, byte... value) {
    byte[] fitting = value.length > LONGEST_OPTION ? Arrays.copyOf(value, LONGEST_OPTION) : value;
    optioned = true;
    return half(code).half(fitting.length).padded(fitting);
  }

  PcapngBlockBuilder wordOption(int code, int value) {
    optioned = true;
    return half(code).half(4).word(value);
  }

  PcapngBlockBuilder doubleWordOption(int code, long value) {
    optioned = true;
    return half(code).half(8).doubleWord(value);
  }

  /** A time: its upper word first, whatever the byte order. */
  PcapngBlockBuilder timeOption(int code, long value) {
    optioned = true;
    return half(code).half(8).word((int) (value >>> 32)).word((int) value);
  }

  /** An address and its names, each ended by a zero byte. */
  static byte[] nameRecord(IpAddress address, List<String> names) {
    byte[] text = (String.join("\0", names) + "\0").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = address.toBytes().toArray();
    byte[] record = Arrays.copyOf(bytes, bytes.length + text.length);
    System.arraycopy(text, 0, record, bytes.length, text.length);
    return record;
  }

  byte[] build() {
    if (optioned) {
      half(0).half(0);
    }
    int length = buffer.position() + FOOTER;
    room(FOOTER).putInt(length);
    buffer.putInt(HEADER - 4, length);
    return Arrays.copyOf(buffer.array(), length);
  }

  private ByteBuffer room(int length) {
    if (buffer.remaining() < length) {
      int capacity = Math.max(buffer.capacity() * 2, buffer.position() + length);
      ByteBuffer larger = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
      larger.put(buffer.array(), 0, buffer.position());
      buffer = larger;
    }
    return buffer;
  }
}
