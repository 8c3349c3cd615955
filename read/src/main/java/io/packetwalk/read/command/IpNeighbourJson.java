package io.packetwalk.read.command;

import io.packetwalk.model.net.Neighbour;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;
import java.util.Optional;

/** Reads {@code ip -j neigh}. */
final class IpNeighbourJson {
  private IpNeighbourJson() {}

  static void read(
      CommandRun run,
      Optional<String> onlyDevice,
      List<Neighbour> neighbours,
      List<Reading.Unread> unread) {
    run.output().forEach(line -> unread.add(new Reading.Unread(line, "not read yet")));
  }
}
