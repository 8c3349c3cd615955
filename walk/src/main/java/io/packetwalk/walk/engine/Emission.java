package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.Route;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.Hook;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes a routed packet out of the stack: the POSTROUTING hook, the MTU, the neighbour's link-layer
 * address (the kernel's ip_output, ip_finish_output and neigh_output).
 */
final class Emission {
  /** What the length fields of IP allow: IPv6's counts what is behind its header. */
  private static final int LARGEST_PACKET = 0xffff;

  private final Engine engine;

  Emission(Engine engine) {
    this.engine = engine;
  }

  List<Branch> emit(
      Trail trail,
      Stack stack,
      InFlight packet,
      Optional<Route> route,
      Optional<IpAddress> gateway) {
    return Ipv6Off.stop(trail, stack, packet, packet.output().orElse(""), Stage.POSTROUTING)
        .orElseGet(() ->
            engine.hooks.pass(
                Hook.POSTROUTING,
                trail,
                stack,
                packet,
                (passed, after) -> fit(passed, stack, after, route, gateway)));
  }

  /** Sends out of a device though neither the next hop nor its link-layer address is known. */
  List<Branch> emitUnresolved(Trail trail, Stack stack, InFlight packet) {
    String device = packet.output().orElse("");
    return engine.hooks.pass(
        Hook.POSTROUTING,
        trail,
        stack,
        packet,
        (passed, after) ->
            engine.egress.send(
                passed,
                stack,
                framed(after, MacAddress.ZERO, engine.neighbours.macOf(stack, device)),
                device,
                Optional.empty()));
  }

  private List<Branch> fit(
      Trail trail,
      Stack stack,
      InFlight packet,
      Optional<Route> route,
      Optional<IpAddress> gateway) {
    String deviceName = packet.output().orElse("");
    Optional<Device> device = stack.device(deviceName);
    Optional<Route> narrowest = Mtu.learned(stack, packet, route).or(() -> route);
    OptionalInt mtu = Mtu.of(narrowest, device);
    int size = trail.sizeOf(packet.packet());
    if (mtu.isPresent() && size > mtu.getAsInt()) {
      if (mayNotFragment(packet)) {
        return tooLarge(trail, stack, packet, mtu.getAsInt(), Mtu.evidence(narrowest, device));
      }
      InFlight split = withoutDontFragment(packet);
      Trail fragmented =
          trail
              .then(fragments(stack, split, mtu.getAsInt(), Mtu.evidence(narrowest, device)))
              .inFragments(mtu.getAsInt());
      return resolve(fragmented, stack, split, deviceName, gateway);
    }
    return resolve(trail, stack, packet, deviceName, gateway);
  }

  /**
   * Refuses what a program sends too large before any hook sees it (ip_append_data,
   * ip6_append_data); empty where it fits or may be fragmented.
   */
  Optional<List<Branch>> tooLargeToSend(
      Trail trail, Stack stack, InFlight packet, Optional<Route> route) {
    Optional<Device> device = packet.output().flatMap(stack::device);
    Optional<Route> narrowest = Mtu.learned(stack, packet, route).or(() -> route);
    OptionalInt mtu = Mtu.of(narrowest, device);
    boolean fits = mtu.isEmpty() || trail.sizeOf(packet.packet()) <= mtu.getAsInt();
    boolean sentHere = packet.input().isEmpty() && Headers.isPlain(packet.packet());
    int most = LARGEST_PACKET + (Headers.ip(packet) instanceof Ipv6 ? Ipv6.HEADER_LENGTH : 0);
    if (sentHere && trail.sizeOf(packet.packet()) > most) {
      return Optional.of(tooLarge(trail, stack, packet, most, Mtu.evidence(narrowest, device)));
    }
    return fits || !sentHere || !mayNotFragment(packet)
        ? Optional.empty()
        : Optional.of(
            tooLarge(trail, stack, packet, mtu.getAsInt(), Mtu.evidence(narrowest, device)));
  }

  /**
   * A sender may fragment what others may not (ip_append_data, ip6_append_data), and WireGuard does
   * (send6: ignore_df).
   */
  private boolean mayNotFragment(InFlight packet) {
    if (packet.input().isEmpty() && Wireguard.isIn(packet.packet())) {
      return false;
    }
    boolean sentHere = packet.input().isEmpty() && Headers.isPlain(packet.packet());
    return Mtu.mayNotFragment(Headers.ip(packet)) && (!sentHere || engine.dontFragment);
  }

  private static InFlight withoutDontFragment(InFlight packet) {
    return Headers.ip(packet) instanceof Ipv4 ipv4 && ipv4.dontFragment()
        ? Headers.withIp(packet, Probes.fragmentable(ipv4))
        : packet;
  }

  private List<Branch> tooLarge(
      Trail trail, Stack stack, InFlight packet, int mtu, List<Source> evidence) {
    String decision =
        "the packet of "
            + Sizes.ofIp(packet.packet())
            + " bytes exceeds the MTU of "
            + mtu
            + " and may not be fragmented: message too long";
    Step step =
        new Step(
            stack.id(),
            packet.output().orElse(""),
            Stage.FORWARDING,
            Action.REJECT,
            decision,
            evidence,
            packet.packet());
    return engine.refusals.end(
        trail.then(step),
        stack,
        packet,
        Notice.tooBig(Headers.ip(packet).destination().family(), mtu),
        decision);
  }

  private static Step fragments(Stack stack, InFlight packet, int mtu, List<Source> evidence) {
    return new Step(
        stack.id(),
        packet.output().orElse(""),
        Stage.FORWARDING,
        Action.REWRITE,
        "the packet of "
            + Sizes.ofIp(packet.packet())
            + " bytes is sent in fragments of at most "
            + mtu
            + " bytes; the walk goes on with the whole",
        evidence,
        packet.packet());
  }

  private List<Branch> resolve(
      Trail trail, Stack stack, InFlight packet, String device, Optional<IpAddress> gateway) {
    if (device.equals(FlowKey.LOCALLY)) {
      return engine.egress.send(
          trail, stack, framed(packet, MacAddress.ZERO, MacAddress.ZERO), device, gateway);
    }
    IpAddress nextHop = gateway.orElse(Headers.ip(packet).destination());
    NeighbourAnswer answer =
        engine.neighbours.resolve(stack, device, nextHop, Optional.of(Headers.ip(packet).source()));
    Trail asked = trail.assuming(answer.assumptions());
    return switch (answer) {
      case NeighbourAnswer.NotNeeded none ->
          engine.egress.send(asked, stack, packet, device, gateway);
      case NeighbourAnswer.At at ->
          engine.egress.send(
              asked.then(resolved(stack, packet, device, at)),
              stack,
              framed(packet, at.mac(), engine.neighbours.macOf(stack, device)),
              device,
              Optional.of(nextHop));
      case NeighbourAnswer.Nobody nobody -> unanswered(asked, stack, packet, device, nobody);
      case NeighbourAnswer.NotShown unknown -> asked.undetermined(unknown.missing());
    };
  }

  private static Step resolved(Stack stack, InFlight packet, String device, NeighbourAnswer.At at) {
    return new Step(
        stack.id(),
        device,
        Stage.NEIGHBOUR,
        Action.FORWARD,
        at.decision(),
        at.evidence(),
        packet.packet());
  }

  private List<Branch> unanswered(
      Trail trail, Stack stack, InFlight packet, String device, NeighbourAnswer.Nobody nobody) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.NEIGHBOUR,
            Action.REJECT,
            nobody.decision(),
            nobody.evidence(),
            packet.packet());
    return engine.refusals.endTold(
        trail.then(step),
        stack,
        VrfPassing.leaving(stack, packet, device),
        Notice.neighbourUnreachable(Headers.ip(packet).destination().family()),
        nobody.decision());
  }

  private InFlight framed(InFlight packet, MacAddress destination, MacAddress source) {
    engine.neighbours.hear(source);
    Ip header = Headers.ip(packet);
    int etherType = header instanceof Ipv4 ? EtherType.IPV4 : EtherType.IPV6;
    return packet.withPacket(packet.packet().within(new Ethernet(destination, source, etherType)));
  }
}
