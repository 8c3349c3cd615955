package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes the outer headers off packets that a tunnel device of this stack receives, and hands what
 * was inside in by that device (the kernel's ip_tunnel_rcv and vxlan_rcv).
 */
final class TunnelIngress {
  /** How it is said that frames of a tunnel are nobody's. */
  static final String NO_TAKER = "no device that is up takes ";

  private final Engine engine;

  TunnelIngress(Engine engine) {
    this.engine = engine;
  }

  /** Empty when the packet isn't a tunnel's. */
  Optional<List<Branch>> open(Trail trail, Stack stack, InFlight packet) {
    Optional<List<Branch>> switched = engine.switchTunnels.open(trail, stack, packet);
    if (switched.isPresent()) {
      return switched;
    }
    Ip header = Headers.ip(packet);
    return switch (header.protocol()) {
      case IpProtocol.IPV4, IpProtocol.IPV6 -> Optional.of(ipInIp(trail, stack, packet, header));
      case IpProtocol.GRE -> Optional.of(gre(trail, stack, packet, header));
      case IpProtocol.UDP ->
          engine
              .geneveTunnels
              .open(trail, stack, packet)
              .or(() -> geneve(trail, stack, packet))
              .or(() -> engine.vxlanIngress.open(trail, stack, packet))
              .or(() -> engine.wireguard.open(trail, stack, packet));
      default -> Optional.empty();
    };
  }

  private List<Branch> ipInIp(Trail trail, Stack stack, InFlight packet, Ip header) {
    boolean innerIpv6 = header.protocol() == IpProtocol.IPV6;
    TunnelMode mode =
        header instanceof Ipv6 ? TunnelMode.IP6TNL : innerIpv6 ? TunnelMode.SIT : TunnelMode.IPIP;
    return decapsulate(trail, stack, packet, header, mode, 1);
  }

  private List<Branch> gre(Trail trail, Stack stack, InFlight packet, Ip header) {
    TunnelMode mode = header instanceof Ipv6 ? TunnelMode.IP6GRE : TunnelMode.GRE;
    boolean ethernet =
        packet.packet().layers().size() > 2 && packet.packet().layers().get(2) instanceof Ethernet;
    return decapsulate(
        trail,
        stack,
        packet,
        header,
        ethernet ? (mode == TunnelMode.GRE ? TunnelMode.GRETAP : TunnelMode.IP6GRETAP) : mode,
        2);
  }

  private List<Branch> decapsulate(
      Trail trail, Stack stack, InFlight packet, Ip header, TunnelMode mode, int headers) {
    OptionalLong key =
        packet.packet().layers().get(1) instanceof Gre gre ? gre.key() : OptionalLong.empty();
    Optional<Device> device = receiver(stack, mode, header, key);
    if (device.isEmpty()) {
      return unreceived(trail, stack, packet, mode);
    }
    if (device.get().kind() instanceof DeviceKind.IpTunnel tunnel && tunnel.fields().counted()) {
      return trail.undetermined(
          Unmodelled.device(
              stack.id(),
              device.get().name(),
              "GRE with checksums or sequence numbers",
              List.of(device.get().source())));
    }
    Packet inner = packet.packet().without(headers);
    String name = device.get().name();
    if (!carries(device.get(), inner)) {
      return TunnelEgress.dropped(
          trail, stack, packet, name, "it doesn't take this version of IP from inside packets");
    }
    return handIn(
        trail,
        stack,
        packet.withPacket(inner),
        name,
        List.of(device.get().source()),
        mode.kernelName());
  }

  /** Of ipxip6_rcv and its like: the device is found first, and refuses silently. */
  private static boolean carries(Device device, Packet inner) {
    return !(device.kind() instanceof DeviceKind.IpTunnel tunnel)
        || !(inner.outermost() instanceof Ip ip)
        || tunnel.isFor(ip.source().family());
  }

  List<Branch> handIn(
      Trail trail, Stack stack, InFlight inner, String device, List<Source> evidence, String kind) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.TUNNEL,
            Action.DECAPSULATE,
            kind + ": " + device + " takes the outer header off",
            evidence,
            inner.packet());
    return engine.ingress.receive(trail.then(step), stack, device, inner, evidence);
  }

  /** The tunnel whose ends fit best; the module's fallback device fits everything. */
  private static Optional<Device> receiver(
      Stack stack, TunnelMode mode, Ip header, OptionalLong key) {
    return stack.namespace().links().devices().stream()
        .filter(device -> fits(device, mode, header, key))
        .filter(device -> device.isUp().orElse(true))
        .max(Comparator.comparingInt(TunnelIngress::exactness));
  }

  /** A device without a key takes nothing that has one, but for the fallback (ip_tunnel_lookup). */
  private static boolean fits(Device device, TunnelMode mode, Ip header, OptionalLong key) {
    return device.kind() instanceof DeviceKind.IpTunnel tunnel
        && tunnel.mode() == mode
        && (tunnel.external() || isFor(tunnel, isFallback(device, mode), header, key));
  }

  private static boolean isFor(
      DeviceKind.IpTunnel tunnel, boolean fallback, Ip header, OptionalLong key) {
    return (tunnel.fields().expected().equals(key) || fallback)
        && isOpenTo(tunnel.local(), header.destination())
        && isOpenTo(tunnel.remote(), header.source());
  }

  private static boolean isFallback(Device device, TunnelMode mode) {
    return device.name().equals(mode.kernelName() + "0");
  }

  private static boolean isOpenTo(Optional<IpAddress> end, IpAddress address) {
    return end.filter(known -> !known.isUnspecified()).map(address::equals).orElse(true);
  }

  /** One in external mode comes after those that name ends, and before the fallback. */
  private static int exactness(Device device) {
    DeviceKind.IpTunnel tunnel = (DeviceKind.IpTunnel) device.kind();
    if (tunnel.external()) {
      return -1;
    }
    if (isFallback(device, tunnel.mode())) {
      return -2;
    }
    return (tunnel.remote().isPresent() ? 2 : 0) + (tunnel.local().isPresent() ? 1 : 0);
  }

  private List<Branch> unreceived(Trail trail, Stack stack, InFlight packet, TunnelMode mode) {
    boolean known = stack.namespace().links().devices().isComplete();
    if (!known) {
      return trail.undetermined(
          new Assumption(
              "whether "
                  + stack.id()
                  + " has a device that takes "
                  + mode.kernelName()
                  + " packets isn't in the state",
              Commands.in(stack.id(), "ip -d link show type " + mode.kernelName())));
    }
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.TUNNEL,
            Action.REJECT,
            NO_TAKER + mode.kernelName() + " packets: port unreachable",
            stack.namespace().links().devices().seenAt(),
            packet.packet());
    return engine.refusals.end(
        trail.then(step),
        stack,
        packet,
        Notice.portUnreachable(Headers.ip(packet).destination().family()),
        stack.id() + ": " + step.decision());
  }

  /** What no device takes, a switch should. */
  private Optional<List<Branch>> geneve(Trail trail, Stack stack, InFlight packet) {
    return packet
        .packet()
        .first(Geneve.class)
        .map(header ->
            engine.switchTunnels.unreceived(trail, stack, packet, "Geneve " + header.vni()));
  }
}
