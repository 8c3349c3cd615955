package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GreFields;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.model.net.UdpChecksums;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Tunnel devices in external (collect metadata) mode, which have no settings of their own: where a
 * packet goes stands beside it, put there by its route, by a program or by a bridge that maps VLANs
 * (skb_tunnel_info). Without it they drop the packet (vxlan_xmit, geneve_xmit, ip_md_tunnel_xmit).
 */
final class ExternalMode {
  private ExternalMode() {}

  /** The device as it is for a packet whose route says this. */
  static DeviceKind.Vxlan as(DeviceKind.Vxlan device, TunnelHeader header) {
    return new DeviceKind.Vxlan(
        OptionalInt.of((int) (header.key() & 0xff_ffff)),
        header.source(),
        header.destination(),
        device.underlay(),
        device.port(),
        /* learning= */ false,
        /* external= */ false,
        device.answering(),
        /* localBypass= */ false,
        header.hopLimit(),
        new UdpChecksums(header.checked(), device.checksums().required()),
        DeviceKind.DontFragment.UNSET);
  }

  /** The same of Geneve, but for the local end, which its devices don't have. */
  static DeviceKind.Geneve as(DeviceKind.Geneve device, TunnelHeader header) {
    return new DeviceKind.Geneve(
        OptionalInt.of((int) (header.key() & 0xff_ffff)),
        header.destination(),
        device.port(),
        /* external= */ false,
        header.hopLimit(),
        new UdpChecksums(header.checked(), device.checksums().required()),
        DeviceKind.DontFragment.UNSET);
  }

  static DeviceKind.IpTunnel as(DeviceKind.IpTunnel device, TunnelHeader header) {
    OptionalLong key =
        header.keyed() ? OptionalLong.of(header.key() & 0xffff_ffffL) : OptionalLong.empty();
    return new DeviceKind.IpTunnel(
        device.mode(),
        header.source(),
        header.destination(),
        device.underlay(),
        header.hopLimit(),
        /* pathMtuDiscovery= */ false,
        /* external= */ false,
        new GreFields(key, key, /* counted= */ header.checked() && isGre(device.mode())),
        device.carries(),
        OptionalInt.empty());
  }

  private static boolean isGre(TunnelMode mode) {
    return switch (mode) {
      case GRE, GRETAP, IP6GRE, IP6GRETAP -> true;
      case IPIP, SIT, IP6TNL -> false;
    };
  }

  /** Why the device can't send what the route says, which names both ends' version of IP. */
  static Optional<String> whyNot(TunnelHeader header, Optional<TunnelMode> mode) {
    if (header.destination().isEmpty()) {
      return Optional.of("its route's encap names no destination");
    }
    boolean fits =
        mode.map(known -> isOverIpv4(known) == header.destination().get().isIpv4()).orElse(true);
    return fits
        ? Optional.empty()
        : Optional.of("its route's encap is for another version of IP outside");
  }

  private static boolean isOverIpv4(TunnelMode mode) {
    return switch (mode) {
      case IPIP, SIT, GRE, GRETAP -> true;
      case IP6TNL, IP6GRE, IP6GRETAP -> false;
    };
  }

  /** What becomes of a packet beside which nothing stands that the state shows. */
  static List<Branch> unsaid(Trail trail, Stack stack, InFlight frame, String device) {
    boolean port = stack.device(device).flatMap(Device::master).isPresent();
    return port
        ? trail.undetermined(
            Unmodelled.device(
                stack.id(),
                device,
                "a tunnel in external mode in a bridge or switch, which says where packets go",
                TunnelEgress.sources(stack, device)))
        : TunnelEgress.dropped(
            trail,
            stack,
            frame,
            device,
            "it is in external mode, and no encap of the route says where to");
  }
}
