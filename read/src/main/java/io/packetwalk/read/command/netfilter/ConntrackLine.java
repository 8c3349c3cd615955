package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of {@code conntrack -L}: the protocol, both directions, and what else is known.
 *
 * <p>Each direction begins with {@code src=}; what stands behind the second one belongs to the
 * connection.
 */
final class ConntrackLine {
  private final Map<String, String> original = new LinkedHashMap<>();
  private final Map<String, String> reply = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();
  private Optional<String> state = Optional.empty();
  private boolean unreplied;
  private boolean assured;
  private int directions;

  private ConntrackLine() {}

  static Optional<Connection> parse(Line line) {
    String[] words = line.text().strip().split("\\s+", -1);
    int start = beginsWithFamily(words) ? 2 : 0;
    if (words.length < start + 4) {
      return Optional.empty();
    }
    ConntrackLine parsed = new ConntrackLine();
    for (int index = start + 2; index < words.length; index++) {
      parsed.word(words[index]);
    }
    return Numbers.parse(words[start + 1])
        .filter(protocol -> protocol <= 255)
        .flatMap(protocol -> parsed.connection(protocol.intValue(), line));
  }

  /** {@code /proc} and {@code -o extended} put the version of IP in front of the protocol. */
  private static boolean beginsWithFamily(String[] words) {
    boolean unknown = words[0].equals("unknown") && words.length > 2;
    return words[0].startsWith("ipv") || (unknown && Numbers.parse(words[2]).isEmpty());
  }

  private void word(String word) {
    int equals = word.indexOf('=');
    if (equals > 0) {
      pair(word.substring(0, equals), word.substring(equals + 1));
    } else if (word.equals("[UNREPLIED]")) {
      unreplied = true;
    } else if (word.equals("[ASSURED]") || word.endsWith("OFFLOAD]")) {
      assured = true;
    } else if (!word.isEmpty() && Character.isUpperCase(word.charAt(0))) {
      state = Optional.of(word);
    }
  }

  private void pair(String key, String value) {
    directions += key.equals("src") ? 1 : 0;
    Map<String, String> target =
        switch (key) {
          case "src", "dst", "sport", "dport", "type", "code", "id", "packets", "bytes" ->
              directions < 2 ? original : reply;
          default -> others;
        };
    target.putIfAbsent(key, value);
  }

  private Optional<Connection> connection(int protocol, Line line) {
    Optional<Connection.End> first = end(original);
    Optional<Connection.End> second = end(reply);
    return first.flatMap(from ->
        second.map(to ->
            new Connection(
                protocol,
                from,
                to,
                state,
                !unreplied,
                assured,
                number("mark"),
                Optional.empty(),
                number("zone"),
                Optional.ofNullable(others.get("helper")),
                line.source())));
  }

  private int number(String key) {
    return Numbers.parse(others.getOrDefault(key, "0")).orElse(0L).intValue();
  }

  private static Optional<Connection.End> end(Map<String, String> direction) {
    Optional<IpAddress> source = IpAddress.parse(direction.getOrDefault("src", ""));
    Optional<IpAddress> destination = IpAddress.parse(direction.getOrDefault("dst", ""));
    String identifier = direction.getOrDefault("id", "0");
    Optional<Integer> sourcePort = Numbers.port(direction.getOrDefault("sport", identifier));
    Optional<Integer> destinationPort = Numbers.port(direction.getOrDefault("dport", identifier));
    return source.flatMap(from ->
        destination.flatMap(to ->
            sourcePort.flatMap(
                port -> destinationPort.map(other -> new Connection.End(from, to, port, other)))));
  }
}
