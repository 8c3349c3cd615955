package io.packetwalk.walk.engine;

import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes the packets that programs send: the probe of a question, and the answer to it. */
final class Probes {
  private static final int ANSWER_HOP_LIMIT = 64;

  private Probes() {}

  static Packet packet(Question question, IpAddress source) {
    Probe probe = question.probe();
    IpFamily family = question.to().family();
    Ip whole = header(source, question.to(), probe.protocol(family), question.hopLimit());
    Ip header = whole instanceof Ipv4 ipv4 && !question.dontFragment() ? fragmentable(ipv4) : whole;
    return new Packet(
        switch (probe) {
          case Probe.TcpSyn tcp ->
              List.of(header.asLayer(), Tcp.syn(tcp.sourcePort(), tcp.destinationPort()));
          case Probe.UdpDatagram udp ->
              layers(header, Udp.of(udp.sourcePort(), udp.destinationPort()), udp.size());
          case Probe.SctpInit sctp -> List.of(header.asLayer(), sctpInit(sctp));
          case Probe.IcmpMessage icmp -> layers(header, message(icmp, family), icmp.size());
        });
  }

  /** The third segment of TCP's handshake, which has no payload. */
  static Packet acknowledgement(Question question, Probe.TcpSyn syn, IpAddress source) {
    Ip header = (Ip) packet(question, source).outermost();
    return new Packet(
        List.of(header.asLayer(), Tcp.of(syn.sourcePort(), syn.destinationPort(), Tcp.ACK)));
  }

  private static Ip header(IpAddress source, IpAddress destination, int protocol, int hopLimit) {
    return destination.isIpv4()
        ? Ipv4.of(source, destination, protocol, hopLimit)
        : Ipv6.of(source, destination, protocol, hopLimit);
  }

  private static List<Layer> layers(Ip header, Layer transport, int size) {
    List<Layer> layers = new ArrayList<>(List.of(header.asLayer(), transport));
    if (size > 0) {
      layers.add(Payload.zeros(size));
    }
    return layers;
  }

  private static Layer message(Probe.IcmpMessage icmp, IpFamily family) {
    int rest = icmp.identifier() << 16 | icmp.sequence();
    return family == IpFamily.IPV4
        ? Icmp.of(icmp.type(), icmp.code(), rest)
        : Icmpv6.of(icmp.type(), icmp.code(), rest);
  }

  /** The common header of SCTP (RFC 9260, 3.1); tag and checksum are zero. */
  private static Layer sctpInit(Probe.SctpInit sctp) {
    return new Payload(
        Bytes.of(
            (byte) (sctp.sourcePort() >>> 8),
            (byte) sctp.sourcePort(),
            (byte) (sctp.destinationPort() >>> 8),
            (byte) sctp.destinationPort(),
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0,
            (byte) 0));
  }

  /** What the receiver of this packet answers; empty for what nobody answers. */
  static Optional<Packet> answer(Packet received) {
    Ip header = (Ip) received.outermost();
    Layer transport = received.layers().size() > 1 ? received.layers().get(1) : Payload.zeros(0);
    return answerTo(transport)
        .map(answer -> {
          List<Layer> layers = new ArrayList<>();
          layers.add(answerHeader(header, answer).asLayer());
          layers.add(answer);
          if (!(transport instanceof Tcp)) {
            layers.addAll(received.layers().subList(2, received.layers().size()));
          }
          return new Packet(layers);
        });
  }

  private static Optional<Layer> answerTo(Layer transport) {
    if (transport instanceof Tcp tcp) {
      int flags = tcp.has(Tcp.SYN) ? Tcp.SYN | Tcp.ACK : Tcp.ACK;
      return Optional.of(Tcp.of(/* sourcePort= */ tcp.destinationPort(), tcp.sourcePort(), flags));
    }
    if (transport instanceof Udp udp) {
      return Optional.of(Udp.of(/* sourcePort= */ udp.destinationPort(), udp.sourcePort()));
    }
    if (transport instanceof Icmp icmp && icmp.type() == Icmp.ECHO_REQUEST) {
      return Optional.of(Icmp.of(Icmp.ECHO_REPLY, 0, icmp.rest()));
    }
    if (transport instanceof Icmpv6 icmp && icmp.type() == Icmpv6.ECHO_REQUEST) {
      return Optional.of(Icmpv6.of(Icmpv6.ECHO_REPLY, 0, icmp.rest()));
    }
    return Optional.empty();
  }

  private static Ip answerHeader(Ip received, Layer answer) {
    IpAddress from = received.destination();
    IpAddress to = received.source();
    Ip header = header(from, to, received.protocol(), ANSWER_HOP_LIMIT);
    boolean echo = answer instanceof Icmp;
    return header instanceof Ipv4 ipv4 && echo ? fragmentable(ipv4) : header;
  }

  /**
   * The header without its DF flag, as the kernel's own ICMP socket sends (icmp_sk_init) and as
   * fragments have it.
   */
  static Ipv4 fragmentable(Ipv4 header) {
    return new Ipv4(
        header.typeOfService(),
        header.identification(),
        0,
        0,
        header.ttl(),
        header.protocol(),
        header.source(),
        header.destination(),
        header.options(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
