package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/** Where frames come out that a device sends into a tunnel which carries Ethernet. */
public interface Tunnels {
  /** What is known where nobody follows the tunnels' own packets. */
  Exits UNKNOWN = new Exits(List.of(), false);

  Exits through(NamespaceId namespace, String device, Segment.Flood flood);

  /**
   * The devices by which a frame comes out.
   *
   * @param known whether the state shows all of them
   */
  record Exits(List<Exit> exits, boolean known) {
    public Exits {
      exits = List.copyOf(exits);
    }
  }

  /**
   * The device by which a frame comes out.
   *
   * @param heardBack whether a frame to its sender comes back by the same tunnel
   * @param passage what the devices at both ends learn; empty where they learn nothing
   */
  record Exit(NamespaceId namespace, String device, boolean heardBack, Optional<Passage> passage) {}

  /** A device of a tunnel. */
  record End(NamespaceId namespace, String device) {}

  /**
   * A frame's way through a tunnel whose devices learn behind which address they heard whom.
   *
   * @param from the outer source at the far end
   * @param back the outer source with which a frame to the sender comes back
   */
  record Passage(End near, End far, IpAddress from, Optional<IpAddress> back) {}

  /** Whether a device of this kind puts frames into packets. */
  static boolean carryEthernet(DeviceKind kind) {
    return kind instanceof DeviceKind.Vxlan
        || kind instanceof DeviceKind.Geneve
        || (kind instanceof DeviceKind.IpTunnel tunnel
            && (tunnel.mode() == TunnelMode.GRETAP || tunnel.mode() == TunnelMode.IP6GRETAP));
  }
}
