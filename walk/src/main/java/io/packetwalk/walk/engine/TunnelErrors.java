package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.List;

/**
 * Which errors about a tunnel's packets are passed on to the sender of the packet inside: those of
 * sit, of ip6tnl, of GRE over IPv4 that carries IPv6 (ipip6_err, ip4ip6_err, ip6ip6_err,
 * ipgre_err), and those of IPVS, which puts packets into others without a device (ip_vs_in_icmp).
 * IP in IPv4, VXLAN, Geneve and GRE over IPv6 keep to themselves what they hear: a path MTU is
 * learned, and later senders may be told that the host is unreachable.
 */
final class TunnelErrors {
  private TunnelErrors() {}

  /**
   * @param backwards the steps of a packet that was refused in a tunnel's headers, latest first
   */
  static boolean mayBePassedOn(List<Step> backwards) {
    boolean byVirtualServer =
        backwards.stream()
            .anyMatch(step ->
                step.stage() == Stage.TUNNEL
                    && step.action() == Action.ENCAPSULATE
                    && step.device().isEmpty());
    return byVirtualServer || isPassedOn(backwards.getFirst().packet());
  }

  private static boolean isPassedOn(Packet refused) {
    List<Layer> layers = Headers.withoutLink(refused).layers();
    Layer first = layers.get(1);
    return switch ((Ip) layers.getFirst()) {
      case Ipv6 ipv6 -> first instanceof Ip;
      case Ipv4 ipv4 ->
          first instanceof Ipv6
              || (first instanceof Gre && layers.size() > 2 && layers.get(2) instanceof Ipv6);
    };
  }
}
