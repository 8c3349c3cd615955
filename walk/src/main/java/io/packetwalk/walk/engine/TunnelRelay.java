package io.packetwalk.walk.engine;

import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.KnownKinds;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * What the end of a tunnel of IP in IPv6 makes of an error that it hears: another one, about the
 * packet inside, for that packet's sender (ip6_tnl_err, ip4ip6_err, ip6ip6_err).
 */
final class TunnelRelay {
  private static final int SMALLEST_MTU = 1280;

  private final World world;

  TunnelRelay(World world) {
    this.world = world;
  }

  /** Where an error goes on, and as what. */
  record Onward(Refusals.Refusal refusal, Trail trail) {}

  /** What a stack sends on that the error reached; empty where it keeps it to itself. */
  Optional<Onward> onward(Refusals.Refusal refused, Branch error) {
    Step arrived = error.steps().getLast();
    Stack stack = world.stack(arrived.place());
    Ip outer = Headers.ip(refused.packet());
    Packet inner = refused.packet().packet().without(1);
    Optional<Device> tunnel = tunnel(stack, outer, (Ip) inner.outermost());
    Optional<Notice> notice = notice(refused.notice(), outer, inner, tunnel);
    if (tunnel.isEmpty() || notice.isEmpty() || !isItsWay(stack, inner)) {
      return Optional.empty();
    }
    Step step =
        new Step(
            stack.id(),
            tunnel.get().name(),
            Stage.TUNNEL,
            Action.CLASSIFY,
            tunnel.get().name() + " passes the error on to the sender of the packet inside",
            List.of(tunnel.get().source()),
            arrived.packet());
    InFlight packet =
        new InFlight(
            inner, 0, Optional.of(arrived.device()), Optional.empty(), refused.packet().tracking());
    return Optional.of(
        new Onward(
            new Refusals.Refusal(
                stack,
                packet,
                notice.get(),
                /* byRule= */ false,
                /* ownPacket= */ false,
                /* byTunnel= */ false,
                refused.branch(),
                refused.condition()),
            Trail.after(error).then(step)));
  }

  private static Optional<Device> tunnel(Stack stack, Ip outer, Ip inner) {
    return stack.namespace().links().devices().stream()
        .filter(device ->
            device.kind() instanceof DeviceKind.IpTunnel kind
                && kind.mode() == TunnelMode.IP6TNL
                && device.isUp().orElse(true)
                && kind.isFor(inner.source().family())
                && isOpenTo(kind.local(), outer.source())
                && isOpenTo(kind.remote(), outer.destination()))
        .findFirst();
  }

  private static boolean isOpenTo(Optional<IpAddress> end, IpAddress address) {
    return end.map(address::equals).orElse(true);
  }

  /** All that isn't about a size becomes an unreachable address. */
  private static Optional<Notice> notice(
      Notice heard, Ip outer, Packet inner, Optional<Device> tunnel) {
    if (!(heard instanceof Notice.IcmpError error)) {
      return Optional.empty();
    }
    boolean version4 = ((Ip) inner.outermost()).source().isIpv4();
    return switch (error.type()) {
      case Icmpv6.DESTINATION_UNREACHABLE, Icmpv6.TIME_EXCEEDED ->
          Optional.of(Notice.neighbourUnreachable(((Ip) inner.outermost()).destination().family()));
      case Icmpv6.PACKET_TOO_BIG -> {
        int mtu = Math.max(error.rest() - outer.headerLength(), SMALLEST_MTU);
        boolean larger =
            tunnel.map(Device::mtu).map(known -> known.orElse(mtu) < mtu).orElse(false);
        yield version4 && larger
            ? Optional.empty()
            : Optional.of(Notice.tooBig(((Ip) inner.outermost()).destination().family(), mtu));
      }
      default -> Optional.empty();
    };
  }

  /**
   * Whether an IPv4 packet that came by the way back to its sender would be routed into such a
   * tunnel; of IPv6 nobody asks.
   */
  private static boolean isItsWay(Stack stack, Packet inner) {
    Ip header = (Ip) inner.outermost();
    if (header.source().isIpv6()) {
      return true;
    }
    boolean own = stack.own(header.source()).isPresent();
    Optional<String> back = device(RouteLookup.decide(stack, FlowKey.to(header.source())));
    FlowKey key = FlowKey.of(inner, header, own ? FlowKey.LOCALLY : back.orElse(""), 0);
    return device(RouteLookup.decide(stack, key))
        .flatMap(name -> KnownKinds.of(stack.namespace(), name))
        .filter(kind ->
            kind instanceof DeviceKind.IpTunnel tunnel && tunnel.mode() == TunnelMode.IP6TNL)
        .isPresent();
  }

  private static Optional<String> device(RouteDecision decision) {
    return decision instanceof RouteDecision.Found found
        ? found.hops().stream().findFirst().flatMap(hop -> hop.device())
        : Optional.empty();
  }
}
