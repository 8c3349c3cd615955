package io.packetwalk.read.command;

import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NeighbourState;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads {@code ip -j neigh}. */
final class IpNeighbourJson {
  private IpNeighbourJson() {}

  static void read(
      CommandRun run,
      Optional<String> onlyDevice,
      List<Neighbour> neighbours,
      List<Reading.Unread> unread) {
    JsonEntries entries = JsonEntries.of(run);
    unread.addAll(entries.unread());
    for (JsonEntries.Entry entry : entries.entries()) {
      Optional<IpAddress> address = entry.text("dst").flatMap(IpAddress::parse);
      Optional<String> device = entry.text("dev").or(() -> onlyDevice);
      if (address.isEmpty() || device.isEmpty()) {
        unread.add(new Reading.Unread(entry.line(), "not a neighbour"));
        continue;
      }
      neighbours.add(
          new Neighbour(
              address.get(),
              device.get(),
              entry.text("lladdr").flatMap(MacAddress::parse),
              state(entry.node()),
              entry.node().has("proxy"),
              entry.line().source()));
    }
  }

  private static NeighbourState state(JsonNode node) {
    for (JsonNode state : node.path("state")) {
      Optional<NeighbourState> shown = IpNeighbourReader.stateOf(state.asString(""));
      if (shown.isPresent()) {
        return shown.get();
      }
    }
    return NeighbourState.NOT_SHOWN;
  }
}
