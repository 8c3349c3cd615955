package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.model.net.UdpChecksums;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.SourceSelection;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Puts a tunnel's headers in front of what is sent out of its device, and sends the result (the
 * kernel's ip_tunnel_xmit, ip6_tnl_xmit and vxlan_xmit).
 */
final class TunnelEgress {
  static final int DEFAULT_HOP_LIMIT = 64;

  /** Options of RFC 2473, 4.1.1, and RFC 8200, 4.2. */
  private static final byte ENCAPSULATION_LIMIT = 4;

  private static final byte PADDING = 1;

  private final Engine engine;

  TunnelEgress(Engine engine) {
    this.engine = engine;
  }

  List<Branch> ip(
      Trail trail,
      Stack stack,
      InFlight packet,
      String device,
      DeviceKind.IpTunnel tunnel,
      Optional<IpAddress> nextHop) {
    if (tunnel.external()) {
      return external(trail, stack, packet, device, tunnel);
    }
    boolean refused =
        Headers.ip(packet.packet()).filter(ip -> !tunnel.isFor(ip.source().family())).isPresent();
    if (refused) {
      return dropped(trail, stack, packet, device, "it doesn't carry this version of IP");
    }
    if (tunnel.fields().counted()) {
      return trail.undetermined(
          Unmodelled.device(
              stack.id(),
              device,
              "GRE with checksums or sequence numbers",
              sources(stack, device)));
    }
    Optional<IpAddress> remote =
        tunnel.remote().filter(address -> !address.isUnspecified()).or(() -> nextHop);
    if (remote.isEmpty()) {
      return dropped(
          trail,
          stack,
          packet,
          device,
          "the route has no gateway to send to, and " + device + " has no remote address");
    }
    boolean silently = remote.get().isIpv4() && tunnel.mode() != TunnelMode.SIT;
    return TunnelSources.each(
        trail,
        stack,
        packet,
        device,
        tunnel.local(),
        remote.get(),
        tunnel.underlay(),
        silently,
        (chosen, source, underlay) ->
            wrapped(chosen, stack, packet, device, tunnel, source, remote.get(), underlay));
  }

  private List<Branch> wrapped(
      Trail trail,
      Stack stack,
      InFlight packet,
      String device,
      DeviceKind.IpTunnel tunnel,
      IpAddress source,
      IpAddress remote,
      Optional<String> underlay) {
    Packet inner = tunnelPayload(packet.packet(), tunnel);
    Ip outer = outerOf(packet.packet(), tunnel, source, remote);
    String by =
        packet.wrapping().isPresent()
            ? "by the route's encap"
            : tunnel.remote().isPresent() ? "its remote address" : "the route's gateway";
    String decision =
        tunnel.mode().kernelName() + ": outer header " + source + " → " + remote + ", " + by;
    return encapsulated(
        trail,
        stack,
        packet.withPacket(inner.within(outer.asLayer())),
        device,
        decision,
        sources(stack, device),
        underlay);
  }

  private List<Branch> external(
      Trail trail, Stack stack, InFlight packet, String device, DeviceKind.IpTunnel tunnel) {
    if (packet.wrapping().isEmpty()) {
      return ExternalMode.unsaid(trail, stack, packet, device);
    }
    TunnelHeader header = packet.wrapping().get();
    Optional<String> refused = ExternalMode.whyNot(header, Optional.of(tunnel.mode()));
    return refused.isPresent()
        ? dropped(trail, stack, packet, device, refused.get())
        : ip(trail, stack, packet, device, ExternalMode.as(tunnel, header), header.destination());
  }

  private static Packet tunnelPayload(Packet packet, DeviceKind.IpTunnel tunnel) {
    int protocol = packet.outermost() instanceof Ipv6 ? EtherType.IPV6 : EtherType.IPV4;
    return switch (tunnel.mode()) {
      case IPIP, SIT, IP6TNL -> packet;
      case GRE, IP6GRE -> packet.within(gre(protocol, tunnel));
      case GRETAP, IP6GRETAP -> packet.within(gre(EtherType.TRANSPARENT_ETHERNET_BRIDGING, tunnel));
    };
  }

  private static Gre gre(int protocol, DeviceKind.IpTunnel tunnel) {
    return new Gre(0, protocol, OptionalInt.empty(), tunnel.fields().sent(), OptionalLong.empty());
  }

  private static Ip outerOf(
      Packet packet, DeviceKind.IpTunnel tunnel, IpAddress source, IpAddress destination) {
    Optional<Ip> inner = Headers.ip(packet);
    int inherited = inner.map(Ip::hopLimit).orElse(DEFAULT_HOP_LIMIT);
    int hopLimit =
        tunnel.ttl().isPresent() && tunnel.ttl().getAsInt() > 0
            ? tunnel.ttl().getAsInt()
            : inherited;
    int protocol = outerProtocol(tunnel.mode(), packet);
    if (source.isIpv6()) {
      Ipv6 outer = Ipv6.of(source, destination, protocol, hopLimit);
      return tunnel.encapsulationLimit().isPresent()
          ? limited(outer, tunnel.encapsulationLimit().getAsInt())
          : outer;
    }
    boolean dontFragment =
        tunnel.pathMtuDiscovery()
            || (inner.isPresent() && inner.get() instanceof Ipv4 ipv4 && ipv4.dontFragment());
    return withFragmentFlag(Ipv4.of(source, destination, protocol, hopLimit), dontFragment);
  }

  /** The header with a destination option that limits further tunnels (init_tel_txopt). */
  private static Ipv6 limited(Ipv6 outer, int limit) {
    return new Ipv6(
        outer.trafficClass(),
        outer.flowLabel(),
        IpProtocol.DESTINATION_OPTIONS,
        outer.protocol(),
        outer.hopLimit(),
        outer.source(),
        outer.destination(),
        Bytes.of(
            (byte) outer.protocol(),
            /* units behind the first= */ (byte) 0,
            ENCAPSULATION_LIMIT,
            /* its length= */ (byte) 1,
            (byte) limit,
            PADDING,
            /* its length= */ (byte) 1,
            (byte) 0),
        OptionalInt.empty());
  }

  /**
   * The UDP header of a tunnel's packet from an unknown port: without a checksum where it has none.
   */
  static Udp udp(int port, IpAddress source, UdpChecksums checksums) {
    OptionalInt none = OptionalInt.of(0);
    return source.isIpv6() && !checksums.sent()
        ? new Udp(0, port, OptionalInt.empty(), none)
        : Udp.of(0, port);
  }

  /** Whether a device takes a packet with this checksum (no_check6_rx). */
  static boolean isChecked(Ip outer, Udp udp, UdpChecksums checksums) {
    boolean without = udp.declaredChecksum().equals(OptionalInt.of(0));
    return outer.source().isIpv4() || !without || !checksums.required();
  }

  static Ipv4 withFragmentFlag(Ipv4 header, boolean dontFragment) {
    return new Ipv4(
        header.typeOfService(),
        header.identification(),
        dontFragment ? Ipv4.DONT_FRAGMENT : 0,
        0,
        header.ttl(),
        header.protocol(),
        header.source(),
        header.destination(),
        header.options(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static int outerProtocol(TunnelMode mode, Packet packet) {
    return switch (mode) {
      case IPIP, SIT, IP6TNL ->
          packet.outermost() instanceof Ipv6 ? IpProtocol.IPV6 : IpProtocol.IPV4;
      case GRE, GRETAP, IP6GRE, IP6GRETAP -> IpProtocol.GRE;
    };
  }

  /**
   * Sends what headers have been put in front of.
   *
   * @param device which the way mustn't lead out of again
   * @param underlay the only device that it may take
   */
  List<Branch> encapsulated(
      Trail trail,
      Stack stack,
      InFlight outer,
      String device,
      String decision,
      List<Source> evidence,
      Optional<String> underlay) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.TUNNEL,
            Action.ENCAPSULATE,
            decision,
            evidence,
            outer.packet());
    InFlight sent =
        new InFlight(
            outer.packet(), outer.mark(), Optional.empty(), Optional.empty(), outer.tracking());
    int added = Sizes.ofIp(outer.packet()) - innerSize(outer.packet());
    return engine.output.sendTunnelled(
        trail.then(step).grownBy(added), stack, sent, device, underlay);
  }

  private static int innerSize(Packet outer) {
    return Sizes.ofIp(outer.without(1));
  }

  /** The tunnel's local address, else the one that routing chooses towards the remote. */
  static Optional<IpAddress> localEnd(
      Stack stack, Optional<IpAddress> local, IpAddress remote, Optional<String> underlay) {
    if (local.filter(address -> !address.isUnspecified()).isPresent()) {
      return local;
    }
    FlowKey key = FlowKey.to(remote).boundTo(underlay);
    RouteDecision decision = RouteLookup.decide(stack, key);
    Optional<String> link = OwnLink.ofTunnel(stack, key, decision);
    if (link.isPresent()) {
      return SourceSelection.onDevice(stack, link.get(), remote, remote).map(LocalAddress::address);
    }
    if (decision instanceof RouteDecision.Found found) {
      return SourceSelection.select(stack, found.route(), found.hops().stream().findFirst(), remote)
          .map(LocalAddress::address);
    }
    return stack.own(remote).map(LocalAddress::address);
  }

  static Assumption sourceMissing(Stack stack, String device, IpAddress remote) {
    return new Assumption(
        "which address "
            + device
            + " of "
            + stack.id()
            + " sends from to "
            + remote
            + " isn't in the state",
        Commands.in(stack.id(), "ip -d addr; ip route get " + remote));
  }

  static List<Branch> dropped(
      Trail trail, Stack stack, InFlight packet, String device, String why) {
    return dropped(trail, stack, packet, device, why, sources(stack, device));
  }

  static List<Branch> dropped(
      Trail trail, Stack stack, InFlight packet, String device, String why, List<Source> evidence) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.TUNNEL,
            Action.DROP,
            device + " drops it: " + why,
            evidence,
            packet.packet());
    return trail
        .then(step)
        .end(Verdict.DROPPED, device + " of " + stack.id() + " drops it: " + why);
  }

  static List<Source> sources(Stack stack, String device) {
    return stack.device(device).map(Device::source).map(List::of).orElse(List.of());
  }
}
