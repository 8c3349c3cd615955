package io.packetwalk.report.packet;

import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;

/** Which values of a predicted packet stand for something that the state doesn't tell. */
final class Unknowns {
  private Unknowns() {}

  static boolean isLoopback(String device) {
    return device.equals("lo");
  }

  static boolean isUnknown(MacAddress mac, boolean onLoopback) {
    return mac.equals(MacAddress.ZERO) && !onLoopback;
  }

  /**
   * Whether the layer is a tunnel's UDP header, or TCP's for STT, whose source port is a hash that
   * nobody shows.
   */
  static boolean isUnknownPort(Packet packet, int index) {
    if (index + 1 >= packet.layers().size()) {
      return false;
    }
    return switch (packet.layers().get(index + 1)) {
      case Vxlan _, Geneve _ ->
          packet.layers().get(index) instanceof Udp udp && udp.sourcePort() == 0;
      case Stt _ -> packet.layers().get(index) instanceof Tcp tcp && tcp.sourcePort() == 0;
      default -> false;
    };
  }
}
