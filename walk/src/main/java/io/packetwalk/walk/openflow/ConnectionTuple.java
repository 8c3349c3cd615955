package io.packetwalk.walk.openflow;

import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The protocol and both ends of a packet, as the connection tracker knows it. */
record ConnectionTuple(int protocol, Connection.End end) {
  /** Empty for what the tracker doesn't track: anything that isn't IP, errors of ICMP. */
  static Optional<ConnectionTuple> of(Packet packet) {
    int at = ipAt(packet);
    if (at < 0 || !(packet.layers().get(at) instanceof Ip ip)) {
      return Optional.empty();
    }
    Optional<Layer> next =
        at + 1 < packet.layers().size()
            ? Optional.of(packet.layers().get(at + 1))
            : Optional.empty();
    int source = next.map(ConnectionTuple::first).orElse(0);
    int destination = next.map(ConnectionTuple::second).orElse(0);
    boolean error =
        next.filter(layer ->
                (layer instanceof Icmp icmp && icmp.isError())
                    || (layer instanceof Icmpv6 six && six.isError()))
            .isPresent();
    return error
        ? Optional.empty()
        : Optional.of(
            new ConnectionTuple(
                ip.protocol(),
                new Connection.End(ip.source(), ip.destination(), source, destination)));
  }

  private static int ipAt(Packet packet) {
    for (int index = 0; index < packet.layers().size(); index++) {
      if (packet.layers().get(index) instanceof Ip) {
        return index;
      }
    }
    return -1;
  }

  private static int first(Layer layer) {
    return switch (layer) {
      case Tcp tcp -> tcp.sourcePort();
      case Udp udp -> udp.sourcePort();
      case Sctp sctp -> sctp.sourcePort();
      case Icmp icmp -> icmp.identifier();
      case Icmpv6 icmp -> icmp.identifier();
      default -> 0;
    };
  }

  private static int second(Layer layer) {
    return switch (layer) {
      case Tcp tcp -> tcp.destinationPort();
      case Udp udp -> udp.destinationPort();
      case Sctp sctp -> sctp.destinationPort();
      case Icmp icmp -> icmp.identifier();
      case Icmpv6 icmp -> icmp.identifier();
      default -> 0;
    };
  }

  static Connection.End reversed(Connection.End end) {
    return new Connection.End(
        end.destination(), end.source(), end.destinationPort(), end.sourcePort());
  }

  /** The packet with other ends. */
  static Packet rewritten(Packet packet, Connection.End end) {
    int at = ipAt(packet);
    if (at < 0 || !(packet.layers().get(at) instanceof Ip ip)) {
      return packet;
    }
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.set(at, ip.withAddresses(end.source(), end.destination()).asLayer());
    if (at + 1 < layers.size()) {
      layers.set(at + 1, ported(layers.get(at + 1), end));
    }
    return new Packet(layers);
  }

  private static Layer ported(Layer layer, Connection.End end) {
    return switch (layer) {
      case Tcp tcp ->
          new Tcp(
              end.sourcePort(),
              end.destinationPort(),
              tcp.sequence(),
              tcp.acknowledgment(),
              tcp.flags(),
              tcp.window(),
              tcp.urgentPointer(),
              tcp.options(),
              java.util.OptionalInt.empty());
      case Udp ignored -> Udp.of(end.sourcePort(), end.destinationPort());
      case Sctp sctp -> Sctp.of(end.sourcePort(), end.destinationPort(), sctp.verificationTag());
      default -> layer;
    };
  }

  /** What a new connection's packets become: the first address and port of the range. */
  Connection.End translated(FlowAction.Translation translation) {
    boolean source = translation.source().orElse(false);
    IpAddress address = translation.first().orElse(source ? end.source() : end.destination());
    int port = translation.firstPort().orElse(source ? end.sourcePort() : end.destinationPort());
    return source
        ? new Connection.End(address, end.destination(), port, end.destinationPort())
        : new Connection.End(end.source(), address, end.sourcePort(), port);
  }
}
