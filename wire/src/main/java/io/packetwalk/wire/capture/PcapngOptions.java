package io.packetwalk.wire.capture;

import io.packetwalk.wire.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The options at the end of a pcapng block: code, length and value, padded to four bytes. */
final class PcapngOptions {
  private static final int END = 0;
  private static final int COMMENT = 1;
  private static final int HEADER = 4;

  private PcapngOptions() {}

  /** One option. */
  record Option(int code, Bytes value, boolean littleEndian) {
    String text() {
      return new String(value.toArray(), StandardCharsets.UTF_8).replace("\0", "");
    }

    int octet(int index) {
      return value.at(index);
    }

    /** The unsigned number that the value is, of up to eight bytes. */
    long number() {
      long number = 0;
      int length = Math.min(value.length(), 8);
      for (int index = 0; index < length; index++) {
        number = number << 8 | value.at(littleEndian ? length - 1 - index : index);
      }
      return number;
    }

    /** A time of eight bytes: its high word first, whatever the order of bytes is. */
    long time() {
      long first = new Option(code, value.slice(0, 4), littleEndian).number();
      return first << 32 | new Option(code, value.slice(4, 4), littleEndian).number();
    }

    /** The text of a filter, which a byte precedes that says it is text. */
    String filter() {
      return value.at(0) == 0
          ? new String(value.slice(1, value.length() - 1).toArray(), StandardCharsets.UTF_8)
          : "";
    }
  }

  /** The options that are well-formed, up to the first that isn't. */
  static List<Option> read(byte[] bytes, int offset, int length, boolean littleEndian) {
    List<Option> options = new ArrayList<>();
    int at = offset;
    int end = offset + length;
    while (end - at >= HEADER) {
      int code = half(bytes, at, littleEndian);
      int size = half(bytes, at + 2, littleEndian);
      if (code == END || size > end - at - HEADER) {
        break;
      }
      options.add(new Option(code, Bytes.of(bytes, at + HEADER, size), littleEndian));
      at += HEADER + (size + 3 & ~3);
    }
    return options;
  }

  static List<String> comments(byte[] bytes, int offset, int length, boolean littleEndian) {
    return read(bytes, offset, length, littleEndian).stream()
        .filter(option -> option.code() == COMMENT)
        .map(Option::text)
        .toList();
  }

  private static int half(byte[] bytes, int at, boolean littleEndian) {
    int first = bytes[at] & 0xff;
    int second = bytes[at + 1] & 0xff;
    return littleEndian ? second << 8 | first : first << 8 | second;
  }
}
