package io.packetwalk.wire.message;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Optional;

/**
 * A message of the control plane, read from the payload behind the innermost header. It is a view:
 * the packet's layers keep the bytes.
 */
public sealed interface Message permits BgpMessages, DhcpMessage, DnsMessage, NeighbourMessage {
  /** The message in words, one line or more; the first says what it is. */
  List<String> lines();

  /** The message that a packet carries, when its port or type says so and its bytes agree. */
  static Optional<Message> of(Packet packet) {
    List<Layer> layers = packet.layers();
    for (int index = layers.size() - 1; index > 0; index--) {
      if (layers.get(index) instanceof Payload payload) {
        return of(layers.get(index - 1), payload.content());
      }
    }
    return Optional.empty();
  }

  private static Optional<Message> of(Layer carrier, Bytes content) {
    return switch (carrier) {
      case Udp udp when isPort(udp, 53) || isPort(udp, 5353) -> DnsMessage.read(content);
      case Udp udp when isPort(udp, 67) || isPort(udp, 68) -> DhcpMessage.read(content);
      case Tcp tcp when tcp.sourcePort() == 179 || tcp.destinationPort() == 179 ->
          BgpMessages.read(content);
      case Icmpv6 icmp -> NeighbourMessage.read(icmp, content);
      default -> Optional.empty();
    };
  }

  private static boolean isPort(Udp udp, int port) {
    return udp.sourcePort() == port || udp.destinationPort() == port;
  }
}
