package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * Which errors about a tunnel's packets are passed on to the sender of the packet inside.
 *
 * <p>IP in IPv6 passes them on (ip4ip6_err, ip6ip6_err). IP in IPv4, VXLAN, Geneve, GRE over IPv6
 * and IPv4 in GRE keep to themselves what they hear: a path MTU is learned, and later senders may
 * be told that the host is unreachable. sit and GRE over IPv4 that carries IPv6 would pass them on
 * from the IPv4-mapped address of who told them (ip6_err_gen_icmpv6_unreach), which routing has
 * refused since Linux 4.11 (ip6_dst_lookup_tail). IPVS passes some on (ip_vs_in_icmp).
 */
final class TunnelErrors {
  /** Whether the sender of the packet inside hears of an error about the packet outside. */
  enum Hearing {
    NEVER,
    /** As far as the error finds its way to the tunnel's end, and from there. */
    RELAYED,
    UNKNOWN
  }

  private TunnelErrors() {}

  /**
   * @param backwards the steps of a packet that was refused in a tunnel's headers, latest first
   */
  static Hearing of(List<Step> backwards) {
    Optional<Step> wrapped =
        backwards.stream()
            .filter(step -> step.stage() == Stage.TUNNEL && step.action() == Action.ENCAPSULATE)
            .findFirst();
    if (wrapped.filter(step -> step.device().isEmpty()).isPresent()) {
      return Hearing.UNKNOWN;
    }
    Step last = backwards.getFirst();
    if (!isRelayed(last.packet())) {
      return Hearing.NEVER;
    }
    boolean underway = wrapped.filter(step -> !step.place().equals(last.place())).isPresent();
    return underway || last.stage() == Stage.NEIGHBOUR ? Hearing.RELAYED : Hearing.UNKNOWN;
  }

  /** Whether the packet is IP in IPv6. */
  static boolean isRelayed(Packet refused) {
    List<Layer> layers = Headers.withoutLink(refused).layers();
    return layers.size() > 1 && layers.getFirst() instanceof Ipv6 && layers.get(1) instanceof Ip;
  }
}
