package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The BGP messages that begin in one TCP segment (RFC 4271, 4).
 *
 * @param lines one for each message
 */
public record BgpMessages(List<String> lines) implements Message {
  private static final int HEADER = 19;
  private static final int MARKER = 16;
  private static final int MOST_PREFIXES = 20;

  public BgpMessages {
    lines = List.copyOf(lines);
  }

  static Optional<Message> read(Bytes bytes) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    while (at + HEADER <= bytes.length() && isMarker(bytes, at)) {
      int length = Numbers.half(bytes, at + MARKER);
      if (length < HEADER) {
        break;
      }
      int end = Math.min(at + length, bytes.length());
      lines.add("BGP " + message(bytes, bytes.at(at + 18), at + HEADER, end));
      at += length;
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(new BgpMessages(lines));
  }

  private static boolean isMarker(Bytes bytes, int at) {
    for (int index = at; index < at + MARKER; index++) {
      if (bytes.at(index) != 0xff) {
        return false;
      }
    }
    return true;
  }

  private static String message(Bytes bytes, int type, int at, int end) {
    int length = end - at;
    return switch (type) {
      case 1 -> length >= 10 ? open(bytes, at) : "OPEN, cut off";
      case 2 -> length >= 4 ? update(bytes, at, end) : "UPDATE, cut off";
      case 3 ->
          length >= 2
              ? "NOTIFICATION, error %d.%d".formatted(bytes.at(at), bytes.at(at + 1))
              : "NOTIFICATION, cut off";
      case 4 -> "KEEPALIVE";
      case 5 -> "ROUTE-REFRESH";
      default -> "message type " + type;
    };
  }

  private static String open(Bytes bytes, int at) {
    return "OPEN, AS %d, hold time %d s, identifier %s"
        .formatted(
            Numbers.half(bytes, at + 1), Numbers.half(bytes, at + 3), Numbers.ipv4(bytes, at + 5));
  }

  private static String update(Bytes bytes, int at, int end) {
    int withdrawn = Numbers.half(bytes, at);
    int attributes = at + 2 + withdrawn;
    if (attributes + 2 > end) {
      return "UPDATE, cut off";
    }
    int announced = attributes + 2 + Numbers.half(bytes, attributes);
    List<String> words = new ArrayList<>();
    List<IpPrefix> gone = prefixes(bytes, at + 2, attributes);
    List<IpPrefix> there = prefixes(bytes, announced, end);
    if (!gone.isEmpty()) {
      words.add("withdraws " + list(gone));
    }
    if (!there.isEmpty()) {
      words.add("announces " + list(there));
    }
    return words.isEmpty() ? "UPDATE" : "UPDATE " + String.join(", ", words);
  }

  private static String list(List<IpPrefix> prefixes) {
    return String.join(" ", prefixes.stream().map(IpPrefix::toString).toList());
  }

  private static List<IpPrefix> prefixes(Bytes bytes, int from, int to) {
    List<IpPrefix> prefixes = new ArrayList<>();
    int at = from;
    while (at < to && prefixes.size() < MOST_PREFIXES) {
      int length = bytes.at(at);
      int octets = (length + 7) / 8;
      if (length > 32 || at + 1 + octets > to) {
        break;
      }
      int bits = 0;
      for (int index = 0; index < octets; index++) {
        bits |= bytes.at(at + 1 + index) << (24 - 8 * index);
      }
      prefixes.add(new IpPrefix(IpAddress.ofIpv4(bits), length));
      at += 1 + octets;
    }
    return prefixes;
  }
}
