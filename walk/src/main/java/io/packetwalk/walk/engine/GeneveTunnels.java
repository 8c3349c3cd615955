package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Optional;

/**
 * Geneve devices (geneve_xmit, geneve_rx), other than Open vSwitch's ports.
 *
 * <p>They have no local address: routing chooses the outer source. A frame is taken by the device
 * of its VNI whose remote sent it, or by one in external mode.
 */
final class GeneveTunnels {

  private final Engine engine;

  GeneveTunnels(Engine engine) {
    this.engine = engine;
  }

  List<Branch> send(
      Trail trail, Stack stack, InFlight frame, String device, DeviceKind.Geneve geneve) {
    if (geneve.external()) {
      return external(trail, stack, frame, device, geneve);
    }
    if (geneve.vni().isEmpty() || geneve.remote().isEmpty()) {
      return trail.undetermined(
          Unmodelled.device(
              stack.id(), device, "Geneve without a fixed remote", sources(stack, device)));
    }
    return send(
        trail,
        stack,
        frame,
        device,
        geneve,
        VxlanEgress.hopLimit(frame.packet(), geneve.ttl(), geneve.remote().get()),
        Optional.empty(),
        "its remote address ");
  }

  /** A route that says no hop limit says 0, and 0 is sent (geneve_xmit_skb). */
  private List<Branch> external(
      Trail trail, Stack stack, InFlight frame, String device, DeviceKind.Geneve geneve) {
    if (frame.wrapping().isEmpty()) {
      return ExternalMode.unsaid(trail, stack, frame, device);
    }
    TunnelHeader header = frame.wrapping().get();
    Optional<String> refused = ExternalMode.whyNot(header, Optional.empty());
    return refused.isPresent()
        ? TunnelEgress.dropped(trail, stack, frame, device, refused.get())
        : send(
            trail,
            stack,
            frame,
            device,
            ExternalMode.as(geneve, header),
            header.hopLimit().orElse(0),
            header.source(),
            "the address of the route's encap, ");
  }

  private List<Branch> send(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      DeviceKind.Geneve geneve,
      int hopLimit,
      Optional<IpAddress> local,
      String whose) {
    IpAddress remote = geneve.remote().orElseThrow();
    int vni = geneve.vni().orElseThrow();
    int port = geneve.port().orElse(Geneve.PORT);
    return TunnelSources.each(
        trail,
        stack,
        frame,
        device,
        local,
        remote,
        Optional.empty(),
        /* silently= */ true,
        (chosen, source, underlay) -> {
          boolean dontFragment = TunnelSizes.dontFragment(geneve.dontFragment(), frame.packet());
          InFlight sent =
              frame.withPacket(
                  frame
                      .packet()
                      .within(Geneve.of(vni))
                      .within(TunnelEgress.udp(port, source, geneve.checksums()))
                      .within(outer(source, remote, hopLimit, dontFragment).asLayer()));
          return TunnelSizes.refused(engine, chosen, stack, frame, sent, device, underlay)
              .orElseGet(() ->
                  engine.tunnelEgress.encapsulated(
                      chosen,
                      stack,
                      sent,
                      device,
                      "Geneve " + vni + ": to " + whose + remote,
                      sources(stack, device),
                      underlay));
        });
  }

  private static Ip outer(IpAddress source, IpAddress remote, int hopLimit, boolean dontFragment) {
    return source.isIpv4()
        ? TunnelEgress.withFragmentFlag(
            Ipv4.of(source, remote, IpProtocol.UDP, hopLimit), dontFragment)
        : Ipv6.of(source, remote, IpProtocol.UDP, hopLimit);
  }

  /** Empty when the packet is none of Geneve, or no such device takes it. */
  Optional<List<Branch>> open(Trail trail, Stack stack, InFlight packet) {
    List<Layer> layers = packet.packet().layers();
    if (layers.size() < 3
        || !(layers.get(1) instanceof Udp udp)
        || !(layers.get(2) instanceof Geneve header)) {
      return Optional.empty();
    }
    return stack.namespace().links().devices().stream()
        .filter(device -> takes(device, udp, header, Headers.ip(packet)))
        .findFirst()
        .map(device ->
            isChecked(device, Headers.ip(packet), udp)
                ? into(trail, stack, packet, device, header.vni())
                : VxlanIngress.unchecked(trail, stack, packet, device));
  }

  private static boolean isChecked(Device device, Ip outer, Udp udp) {
    return !(device.kind() instanceof DeviceKind.Geneve geneve)
        || TunnelEgress.isChecked(outer, udp, geneve.checksums());
  }

  private static boolean takes(Device device, Udp udp, Geneve header, Ip outer) {
    return device.kind() instanceof DeviceKind.Geneve geneve
        && device.isUp().orElse(true)
        && geneve.port().orElse(Geneve.PORT) == udp.destinationPort()
        && (geneve.external()
            || (geneve.vni().orElse(header.vni()) == header.vni()
                && geneve.remote().map(outer.source()::equals).orElse(true)));
  }

  private List<Branch> into(Trail trail, Stack stack, InFlight packet, Device device, int vni) {
    InFlight inner = packet.withPacket(packet.packet().without(3));
    Step step =
        new Step(
            stack.id(),
            device.name(),
            Stage.TUNNEL,
            Action.DECAPSULATE,
            "Geneve " + vni + ": " + device.name() + " takes the outer header off",
            List.of(device.source()),
            inner.packet());
    return engine.ingress.receive(
        trail.then(step), stack, device.name(), inner, List.of(device.source()));
  }

  private static List<Source> sources(Stack stack, String device) {
    return TunnelEgress.sources(stack, device);
  }
}
