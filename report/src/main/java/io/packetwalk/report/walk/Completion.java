package io.packetwalk.report.walk;

import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import java.util.Optional;

/** The handshake's last segment, which a reader wants to hear of where it doesn't arrive. */
final class Completion {
  static final String TITLE = "The handshake's ACK";

  private Completion() {}

  static Optional<Direction> worthTelling(Walk walk) {
    return walk.completion().filter(way -> way.verdict() != Verdict.DELIVERED);
  }
}
