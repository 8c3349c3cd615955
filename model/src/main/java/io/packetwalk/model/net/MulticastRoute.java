package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where a router sends what one source has for a group, as its multicast routing daemon said.
 *
 * @param from unspecified where the source doesn't matter
 * @param input the device that it must come in by; empty while the daemon hasn't answered
 */
public record MulticastRoute(
    IpAddress from, IpAddress group, Optional<String> input, List<Output> outputs, Source source) {
  public MulticastRoute {
    outputs = List.copyOf(outputs);
  }

  /**
   * A device that gets a copy.
   *
   * @param threshold the hop limit that a packet must exceed
   */
  public record Output(String device, int threshold) {}
}
