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
 * @param output the device that rules see as the one to leave by, when the sender names one
 * @param strict whether {@code output} is the only device that may be used, as it is for a sender
 *     that is bound to it; otherwise routes merely prefer it
 * @param member the device whose VRF the look-up is in, where neither of the others says it
 */
public record FlowKey(
    IpAddress source,
    IpAddress destination,
    String input,
    Optional<String> output,
    boolean strict,
    Optional<String> member,
    int mark,
    int tos,
    int protocol,
    OptionalInt sourcePort,
    OptionalInt destinationPort) {
  /** The input device that rules see for packets that start on the machine. */
  public static final String LOCALLY = "lo";

  private static final int TOS_OF_RULES = 0x1c;

  /** A key that asks for a way from here to an address, and for nothing more. */
  public static FlowKey to(IpAddress destination) {
    return new FlowKey(
        IpAddress.unspecified(destination.family()),
        destination,
        LOCALLY,
        Optional.empty(),
        true,
        Optional.empty(),
        0,
        0,
        0,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** The key of a packet from its IP header on. */
  public static FlowKey of(Packet packet, Ip header, String input, int mark) {
    Optional<Layer> transport =
        packet.layers().size() > 1 ? Optional.of(packet.layers().get(1)) : Optional.empty();
    return new FlowKey(
        header.source(),
        header.destination(),
        input,
        Optional.empty(),
        true,
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
        true,
        Optional.empty(),
        mark,
        header.trafficClass() & TOS_OF_RULES,
        header.protocol(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  public FlowKey withMark(int changed) {
    return new FlowKey(
        source,
        destination,
        input,
        output,
        strict,
        member,
        changed,
        tos,
        protocol,
        sourcePort,
        destinationPort);
  }

  public FlowKey withSource(IpAddress changed) {
    return new FlowKey(
        changed,
        destination,
        input,
        output,
        strict,
        member,
        mark,
        tos,
        protocol,
        sourcePort,
        destinationPort);
  }

  public FlowKey boundTo(Optional<String> device) {
    return new FlowKey(
        source,
        destination,
        input,
        device,
        true,
        member,
        mark,
        tos,
        protocol,
        sourcePort,
        destinationPort);
  }

  /** The same where rules see a device to leave by that routes needn't use (flowi6_oif). */
  public FlowKey preferring(String device) {
    return new FlowKey(
        source,
        destination,
        input,
        Optional.of(device),
        false,
        member,
        mark,
        tos,
        protocol,
        sourcePort,
        destinationPort);
  }

  /** The same as a packet that came in by this device. */
  public FlowKey cameBy(String device) {
    return new FlowKey(
        source,
        destination,
        device,
        output,
        strict,
        member,
        mark,
        tos,
        protocol,
        sourcePort,
        destinationPort);
  }

  /** The same with the protocol and the ports that rules may ask about. */
  public FlowKey carrying(int carried, OptionalInt from, OptionalInt to) {
    return new FlowKey(
        source, destination, input, output, strict, member, mark, tos, carried, from, to);
  }

  /** The same in the VRF that this device is in, if it is in one (l3mdev_master_ifindex). */
  public FlowKey inVrfOf(String device) {
    return new FlowKey(
        source,
        destination,
        input,
        output,
        strict,
        Optional.of(device),
        mark,
        tos,
        protocol,
        sourcePort,
        destinationPort);
  }
}
