package io.packetwalk.walk.openflow;

import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.util.Optional;

/**
 * Where in a conversation a packet belongs, as trackers see it (tcp_conntracks, icmp_new and
 * icmpv6_new of the kernel; tcp_valid_new of Open vSwitch).
 */
final class Handshake {
  private Handshake() {}

  /** Whether a conversation may begin with the packet, or be taken up with it. */
  static boolean mayBegin(Packet packet) {
    Optional<Tcp> tcp = packet.first(Tcp.class);
    if (tcp.isPresent()) {
      boolean ending = tcp.get().has(Tcp.RST) || tcp.get().has(Tcp.FIN);
      return tcp.get().has(Tcp.SYN) != tcp.get().has(Tcp.ACK) && !ending;
    }
    return packet.first(Icmp.class).map(icmp -> icmp.type() != Icmp.ECHO_REPLY).orElse(true)
        && packet.first(Icmpv6.class).map(icmp -> icmp.type() != Icmpv6.ECHO_REPLY).orElse(true);
  }

  /** Whether it is a SYN. */
  static boolean opens(Packet packet) {
    return packet.first(Tcp.class).filter(tcp -> tcp.has(Tcp.SYN)).isPresent();
  }

  /** Whether its sender has had an answer. */
  static boolean acknowledges(Packet packet) {
    return packet.first(Tcp.class).filter(tcp -> tcp.has(Tcp.ACK) && !tcp.has(Tcp.SYN)).isPresent();
  }
}
