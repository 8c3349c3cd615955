package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Counter;
import java.util.List;
import java.util.Optional;

/** Packet and byte counts as the tools print them. */
final class Counters {
  private Counters() {}

  /** Reads {@code [PACKETS:BYTES]}. */
  static Optional<Counter> inBrackets(String text) {
    int colon = text.indexOf(':');
    boolean shaped = text.startsWith("[") && text.endsWith("]") && colon > 0;
    return shaped
        ? of(List.of(text.substring(1, colon), text.substring(colon + 1, text.length() - 1)))
        : Optional.empty();
  }

  static Optional<Counter> of(List<String> packetsAndBytes) {
    if (packetsAndBytes.size() < 2) {
      return Optional.empty();
    }
    Optional<Long> packets = Numbers.parse(packetsAndBytes.get(0));
    Optional<Long> bytes = Numbers.parse(packetsAndBytes.get(1));
    return packets.flatMap(count -> bytes.map(size -> new Counter(count, size)));
  }

  /** A count as {@code iptables -L -v} shortens it: 319K, 12M, 3G. */
  static Optional<Long> shortened(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    long unit =
        switch (text.charAt(text.length() - 1)) {
          case 'K' -> 1_000L;
          case 'M' -> 1_000_000L;
          case 'G' -> 1_000_000_000L;
          case 'T' -> 1_000_000_000_000L;
          default -> 1L;
        };
    String digits = unit == 1 ? text : text.substring(0, text.length() - 1);
    return Numbers.parse(digits).map(number -> number * unit);
  }
}
