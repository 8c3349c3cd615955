package io.packetwalk.walk.netfilter;

import io.packetwalk.model.netfilter.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The connections that a namespace's listing shows, found by either of their directions. */
final class ListedConnections {
  private final Map<Tuple, List<Connection>> byTuple = new LinkedHashMap<>();

  ListedConnections(List<Connection> listed) {
    for (Connection connection : listed) {
      Tuple original = tuple(connection.protocol(), connection.original());
      Tuple reply = tuple(connection.protocol(), connection.reply());
      enter(original, connection);
      if (!reply.equals(original)) {
        enter(reply, connection);
      }
    }
  }

  private void enter(Tuple tuple, Connection connection) {
    byTuple.computeIfAbsent(tuple, key -> new ArrayList<>(1)).add(connection);
  }

  /** Those of which a packet with this tuple may be, in the order of the listing. */
  List<Connection> with(Tuple tuple) {
    return byTuple.getOrDefault(tuple, List.of());
  }

  static Tuple tuple(int protocol, Connection.End end) {
    return new Tuple(
        protocol, end.source(), end.destination(), end.sourcePort(), end.destinationPort());
  }
}
