package io.packetwalk.read.command;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;

/** Reads {@code ip -j route}. */
final class IpRouteJson {
  private IpRouteJson() {}

  static Reading read(CommandRun run, IpRouteReader.Request request) {
    return new Reading(
        List.of(),
        run.output().stream().map(line -> new Reading.Unread(line, "not read yet")).toList());
  }
}
