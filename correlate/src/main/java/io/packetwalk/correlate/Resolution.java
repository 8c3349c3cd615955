package io.packetwalk.correlate;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.List;

/**
 * What a tap saw of the question which link-layer address an IP address has: ARP, or neighbour
 * discovery.
 *
 * @param questions how often it was asked
 * @param first when it was asked first, by the tap's clock, in nanoseconds since 1970
 * @param last when it was asked last
 * @param answers the addresses that were told, each once; several when hosts quarrel about the
 *     address
 */
public record Resolution(
    int tap, IpAddress address, long questions, long first, long last, List<MacAddress> answers) {
  public Resolution {
    answers = List.copyOf(answers);
  }

  /** Whether it was asked, and nobody answered where the tap could see it. */
  public boolean isUnanswered() {
    return questions > 0 && answers.isEmpty();
  }
}
