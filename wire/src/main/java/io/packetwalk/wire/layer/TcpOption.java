package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * A TCP option (RFC 9293, 3.1; numbers from IANA's registry).
 *
 * @param kind 2 maximum segment size, 3 window scale, 4 SACK permitted, 5 SACK, 8 timestamps
 * @param value the bytes after kind and length
 */
public record TcpOption(int kind, Bytes value) {
  private static final int END = 0;
  private static final int NO_OPERATION = 1;

  /** The options of a header, up to the first that isn't well-formed; padding is left out. */
  public static List<TcpOption> of(Bytes options) {
    List<TcpOption> list = new ArrayList<>();
    int at = 0;
    while (at < options.length() && options.at(at) != END) {
      if (options.at(at) == NO_OPERATION) {
        at++;
        continue;
      }
      int length = at + 1 < options.length() ? options.at(at + 1) : 0;
      if (length < 2 || at + length > options.length()) {
        break;
      }
      list.add(new TcpOption(options.at(at), options.slice(at + 2, length - 2)));
      at += length;
    }
    return list;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case 2 -> "mss " + number(0, value.length());
      case 3 -> "window scale " + number(0, value.length());
      case 4 -> "sack permitted";
      case 5 -> "sack " + blocks();
      case 8 -> timestamps();
      default -> "option " + kind + (value.length() == 0 ? "" : " " + value.toHex());
    };
  }

  private String timestamps() {
    return value.length() == 8
        ? "timestamps " + number(0, 4) + " " + number(4, 4)
        : "timestamps " + value.toHex();
  }

  private String blocks() {
    List<String> blocks = new ArrayList<>();
    for (int at = 0; at + 8 <= value.length(); at += 8) {
      blocks.add(number(at, 4) + "-" + number(at + 4, 4));
    }
    return String.join(" ", blocks);
  }

  private long number(int offset, int length) {
    long number = 0;
    for (int index = 0; index < length; index++) {
      number = number << 8 | value.at(offset + index);
    }
    return number;
  }
}
