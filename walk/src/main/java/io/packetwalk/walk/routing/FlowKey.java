package io.packetwalk.walk.routing;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a route look-up is asked about (the kernel's flowi).
 *
 * @param source unspecified while a sender hasn't chosen one
 * @param input the device that the packet came in by; {@link #LOCALLY} when it starts here
 * @param output the only device that may be used, when the sender is bound to one
 */
public record FlowKey(
    IpAddress source,
    IpAddress destination,
    String input,
    Optional<String> output,
    int mark,
    int tos,
    int protocol,
    OptionalInt sourcePort,
    OptionalInt destinationPort) {
  /** The input device that rules see for packets that start on the machine. */
  public static final String LOCALLY = "lo";

  private static final int TOS_OF_RULES = 0x1c;

  /** The key of a packet from its IP header on. */
  public static FlowKey of(Packet packet, Ip header, String input, int mark) {
    Optional<Layer> transport =
        packet.layers().size() > 1 ? Optional.of(packet.layers().get(1)) : Optional.empty();
    return new FlowKey(
        header.source(),
        header.destination(),
        input,
        Optional.empty(),
        mark,
        header.trafficClass() & TOS_OF_RULES,
        header.protocol(),
        port(transport, true),
        port(transport, false));
  }

  private static OptionalInt port(Optional<Layer> transport, boolean source) {
    if (transport.isPresent() && transport.get() instanceof Tcp tcp) {
      return OptionalInt.of(source ? tcp.sourcePort() : tcp.destinationPort());
    }
    if (transport.isPresent() && transport.get() instanceof Udp udp) {
      return OptionalInt.of(source ? udp.sourcePort() : udp.destinationPort());
    }
    return OptionalInt.empty();
  }

  public boolean isLocal() {
    return input.equals(LOCALLY);
  }

  /**
   * What asks for the way back to a packet's source, as the source checks do: no ports, from here.
   */
  public static FlowKey wayBack(Ip header, int mark) {
    IpAddress here = header.destination();
    IpAddress back = header.source();
    return new FlowKey(
        here,
        back,
        LOCALLY,
        Optional.empty(),
        mark,
        header.trafficClass() & TOS_OF_RULES,
        header.protocol(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  public FlowKey withMark(int changed) {
    return new FlowKey(
        source, destination, input, output, changed, tos, protocol, sourcePort, destinationPort);
  }

  public FlowKey withSource(IpAddress changed) {
    return new FlowKey(
        changed, destination, input, output, mark, tos, protocol, sourcePort, destinationPort);
  }

  public FlowKey boundTo(Optional<String> device) {
    return new FlowKey(
        source, destination, input, device, mark, tos, protocol, sourcePort, destinationPort);
  }
}
