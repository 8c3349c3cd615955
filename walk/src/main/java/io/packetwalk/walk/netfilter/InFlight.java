package io.packetwalk.walk.netfilter;

import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Packet;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A packet inside a machine with what the kernel notes beside it.
 *
 * @param packet from its IP header on
 * @param mark the packet's mark ({@code fwmark})
 * @param input the device it came in by; empty when it starts here
 * @param output the device it is going to, once that is known
 * @param tracking the connections that this walk has made or met so far, in every namespace
 * @param arrival the frame that it came in by, and the ports of a bridge that it goes by
 * @param wrapping what its route says for tunnel devices in external mode
 */
public record InFlight(
    Packet packet,
    int mark,
    Optional<String> input,
    Optional<String> output,
    Tracking tracking,
    Arrival arrival,
    Optional<TunnelHeader> wrapping) {

  /** One whose route says nothing for tunnels. */
  public InFlight(
      Packet packet,
      int mark,
      Optional<String> input,
      Optional<String> output,
      Tracking tracking,
      Arrival arrival) {
    this(packet, mark, input, output, tracking, arrival, Optional.empty());
  }

  public InFlight(
      Packet packet, int mark, Optional<String> input, Optional<String> output, Tracking tracking) {
    this(packet, mark, input, output, tracking, Arrival.UNKNOWN);
  }

  /**
   * How a packet came into a machine.
   *
   * @param link its Ethernet header; empty when the walk doesn't know it or there is none
   * @param inputPort the port of a bridge that it came in by, where the bridge calls netfilter
   * @param outputPort the port that the bridge sends it out of
   * @param toAnother whether the frame is for another machine than the device's own
   * @param interceptedAt the port of the transparent socket that a rule has given it to
   */
  public record Arrival(
      Optional<Ethernet> link,
      Optional<String> inputPort,
      Optional<String> outputPort,
      boolean toAnother,
      OptionalInt interceptedAt) {
    public static final Arrival UNKNOWN = of(Optional.empty());

    public static Arrival of(Optional<Ethernet> link) {
      return new Arrival(link, Optional.empty(), Optional.empty(), false, OptionalInt.empty());
    }

    public Arrival byPort(String port) {
      return new Arrival(link, Optional.of(port), outputPort, toAnother, interceptedAt);
    }

    public Arrival toPort(String port) {
      return new Arrival(link, inputPort, Optional.of(port), toAnother, interceptedAt);
    }

    public Arrival forAnother() {
      return new Arrival(link, inputPort, outputPort, true, interceptedAt);
    }

    Arrival interceptedAt(int port) {
      return new Arrival(link, inputPort, outputPort, toAnother, OptionalInt.of(port));
    }
  }

  public InFlight withPacket(Packet changed) {
    return new InFlight(changed, mark, input, output, tracking, arrival, wrapping);
  }

  public InFlight withMark(int changed) {
    return new InFlight(packet, changed, input, output, tracking, arrival, wrapping);
  }

  public InFlight withOutput(String device) {
    return new InFlight(packet, mark, input, Optional.of(device), tracking, arrival, wrapping);
  }

  public InFlight withTracking(Tracking changed) {
    return new InFlight(packet, mark, input, output, changed, arrival, wrapping);
  }

  public InFlight withArrival(Arrival changed) {
    return new InFlight(packet, mark, input, output, tracking, changed, wrapping);
  }

  public InFlight withWrapping(Optional<TunnelHeader> changed) {
    return new InFlight(packet, mark, input, output, tracking, arrival, changed);
  }
}
