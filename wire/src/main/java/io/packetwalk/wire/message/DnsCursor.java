package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import java.util.Optional;

/** The place in a DNS message up to which it was read; compressed names are followed boundedly. */
final class DnsCursor {
  private static final int LONGEST_NAME = 255;
  private static final int MOST_JUMPS = 16;

  private final Bytes bytes;
  private int position;
  private boolean sound = true;

  DnsCursor(Bytes bytes, int position) {
    this.bytes = bytes;
    this.position = position;
  }

  /** Whether everything so far was well-formed. */
  boolean isSound() {
    return sound;
  }

  Optional<String> question() {
    String name = name();
    if (!has(4)) {
      return Optional.empty();
    }
    String type = typeName(Numbers.half(bytes, position));
    position += 4;
    return Optional.of(type + " " + name);
  }

  Optional<String> answer() {
    String name = name();
    if (!has(10)) {
      return Optional.empty();
    }
    int type = Numbers.half(bytes, position);
    int length = Numbers.half(bytes, position + 8);
    position += 10;
    if (!has(length)) {
      return Optional.empty();
    }
    String data = data(type, length);
    return Optional.of(name + " " + typeName(type) + " " + data);
  }

  private String data(int type, int length) {
    int end = position + length;
    String data =
        switch (type) {
          case 1 -> length == 4 ? Numbers.ipv4(bytes, position).toString() : "?";
          case 28 -> length == 16 ? Numbers.ipv6(bytes, position).toString() : "?";
          case 2, 5, 12 -> name();
          case 33 -> length > 6 ? service() : "?";
          default -> length + " bytes";
        };
    position = end;
    return data;
  }

  private String service() {
    int port = Numbers.half(bytes, position + 4);
    position += 6;
    return name() + ":" + port;
  }

  /** A name at the position, which moves behind it; a pointer leads elsewhere only for reading. */
  private String name() {
    StringBuilder name = new StringBuilder();
    int at = position;
    int jumps = 0;
    while (sound) {
      sound = at < bytes.length();
      int length = sound ? bytes.at(at) : 0;
      if (length >= 0xc0) {
        sound = at + 1 < bytes.length() && jumps < MOST_JUMPS;
        position = jumps == 0 ? at + 2 : position;
        at = sound ? (length & 0x3f) << 8 | bytes.at(at + 1) : at;
        jumps++;
      } else if (length == 0) {
        position = jumps == 0 ? at + 1 : position;
        break;
      } else {
        sound = at + 1 + length <= bytes.length() && name.length() + length <= LONGEST_NAME;
        if (sound) {
          name.append(name.isEmpty() ? "" : ".").append(Numbers.text(bytes, at + 1, length));
        }
        at += 1 + length;
      }
    }
    return name.isEmpty() ? "." : name.toString();
  }

  private boolean has(int length) {
    sound = sound && position + length <= bytes.length();
    return sound;
  }

  private static String typeName(int type) {
    return switch (type) {
      case 1 -> "A";
      case 2 -> "NS";
      case 5 -> "CNAME";
      case 6 -> "SOA";
      case 12 -> "PTR";
      case 15 -> "MX";
      case 16 -> "TXT";
      case 28 -> "AAAA";
      case 33 -> "SRV";
      case 65 -> "HTTPS";
      case 255 -> "ANY";
      default -> "type " + type;
    };
  }
}
