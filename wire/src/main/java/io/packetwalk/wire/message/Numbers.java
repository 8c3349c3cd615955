package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;

/** Reading of numbers and addresses in network order from a message. */
final class Numbers {
  private Numbers() {}

  static int half(Bytes bytes, int at) {
    return bytes.at(at) << 8 | bytes.at(at + 1);
  }

  static int word(Bytes bytes, int at) {
    return half(bytes, at) << 16 | half(bytes, at + 2);
  }

  static long doubleWord(Bytes bytes, int at) {
    return (long) word(bytes, at) << 32 | (word(bytes, at + 4) & 0xffff_ffffL);
  }

  static IpAddress ipv4(Bytes bytes, int at) {
    return IpAddress.ofIpv4(word(bytes, at));
  }

  static IpAddress ipv6(Bytes bytes, int at) {
    return IpAddress.ofIpv6(doubleWord(bytes, at), doubleWord(bytes, at + 8));
  }

  static MacAddress mac(Bytes bytes, int at) {
    return new MacAddress((long) half(bytes, at) << 32 | (word(bytes, at + 2) & 0xffff_ffffL));
  }

  /** Text of which only printable ASCII is kept; anything else becomes a question mark. */
  static String text(Bytes bytes, int at, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int index = at; index < at + length; index++) {
      int character = bytes.at(index);
      text.append(character > 0x20 && character < 0x7f ? (char) character : '?');
    }
    return text.toString();
  }
}
