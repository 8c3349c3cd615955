package io.packetwalk.correlate;

import io.packetwalk.correlate.match.Quality;
import java.util.List;

/**
 * A packet's way as the captures show it.
 *
 * @param id the packet's number, the same in a merged capture
 * @param cause the number of the packet that this one is an ICMP error about; zero when it is none
 * @param seen in the order of its way; at least one
 */
public record Trajectory(long id, Quality quality, long cause, List<Seen> seen) {
  public Trajectory {
    seen = List.copyOf(seen);
  }

  public Seen first() {
    return seen.getFirst();
  }

  public Seen last() {
    return seen.getLast();
  }
}
