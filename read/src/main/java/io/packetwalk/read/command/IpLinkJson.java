package io.packetwalk.read.command;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.List;

/** Reads {@code ip -j link} and {@code ip -j addr}. */
final class IpLinkJson {
  private IpLinkJson() {}

  static Reading read(CommandRun run, DeviceListing listing) {
    return new Reading(
        List.of(),
        run.output().stream().map(line -> new Reading.Unread(line, "not read yet")).toList());
  }
}
