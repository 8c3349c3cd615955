package io.packetwalk.gather.tap;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.gather.Reach;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A node's clock, which stamps its taps' frames: as text of RFC 3339, in nanoseconds. */
final class NodeTime {
  private static final Pattern NANOSECONDS =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z");

  private NodeTime() {}

  /** The time there; empty where nobody tells it, or only in seconds. */
  static Optional<String> at(Reach reach) throws InterruptedException {
    Output said =
        CommandRun.of(reach, List.of("date", "-u", "+%Y-%m-%dT%H:%M:%S.%NZ"), Limits.SHORT);
    return Optional.of(said.printed().strip())
        .filter(_ -> said.succeeded())
        .filter(time -> NANOSECONDS.matcher(time).matches());
  }
}
