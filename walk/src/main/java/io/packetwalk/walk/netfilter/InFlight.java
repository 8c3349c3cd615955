package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.layer.Packet;
import java.util.Optional;

/**
 * A packet inside a machine with what the kernel notes beside it.
 *
 * @param packet from its IP header on
 * @param mark the packet's mark ({@code fwmark})
 * @param input the device it came in by; empty when it starts here
 * @param output the device it is going to, once that is known
 * @param tracking the connections that this walk has made or met so far, in every namespace
 */
public record InFlight(
    Packet packet, int mark, Optional<String> input, Optional<String> output, Tracking tracking) {

  public InFlight withPacket(Packet changed) {
    return new InFlight(changed, mark, input, output, tracking);
  }

  public InFlight withMark(int changed) {
    return new InFlight(packet, changed, input, output, tracking);
  }

  public InFlight withOutput(String device) {
    return new InFlight(packet, mark, input, Optional.of(device), tracking);
  }

  public InFlight withTracking(Tracking changed) {
    return new InFlight(packet, mark, input, output, changed);
  }
}
