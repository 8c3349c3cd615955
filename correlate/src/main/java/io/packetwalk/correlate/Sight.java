package io.packetwalk.correlate;

import io.packetwalk.correlate.clock.Offset;
import java.util.List;
import java.util.OptionalLong;

/** What the captures say about a packet at a place where it was predicted. */
public sealed interface Sight {
  /**
   * It was seen.
   *
   * @param tap the number of the tap
   * @param since how long after the sighting before, in nanoseconds; empty at the first
   * @param bound how far that may be wrong; {@link Offset#UNBOUNDED} when nothing tells
   * @param differences what isn't as predicted
   */
  record There(Seen seen, int tap, OptionalLong since, long bound, List<Difference> differences)
      implements Sight {
    public There {
      differences = List.copyOf(differences);
    }
  }

  /**
   * It wasn't there: the capture ran, would have shown it, and showed others.
   *
   * @param proof why that may be said: one sentence without a full stop
   */
  record Absent(int tap, String proof) implements Sight {}

  /**
   * Nobody can tell.
   *
   * @param reason why: one sentence without a full stop
   */
  record Unknown(String reason) implements Sight {}
}
