package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.WireguardTunnel;
import io.packetwalk.model.net.WireguardTunnel.Peer;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.WireGuard;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * WireGuard devices: a packet goes to the peer that its destination is allowed for, and is taken
 * from the peer that its source is allowed for (drivers/net/wireguard: wg_xmit,
 * wg_packet_consume_data_done).
 *
 * <p>The packet inside is kept behind the WireGuard header, though captures show it encrypted.
 */
final class Wireguard {
  private static final int HOP_LIMIT = 64;

  private final Engine engine;

  Wireguard(Engine engine) {
    this.engine = engine;
  }

  List<Branch> send(Trail trail, Stack stack, InFlight packet, String device) {
    Optional<WireguardTunnel> shown = tunnel(stack, device);
    if (shown.isEmpty()) {
      return trail.undetermined(peersMissing(stack, device));
    }
    WireguardTunnel tunnel = shown.get();
    IpAddress destination = Headers.ip(packet).destination();
    Optional<Peer> peer = tunnel.peerFor(destination);
    if (peer.isEmpty()) {
      String why = "no peer of " + device + " is allowed " + destination;
      return refused(trail, stack, packet, device, why, tunnel.source());
    }
    if (peer.get().endpoint().isEmpty() || peer.get().endpointPort().isEmpty()) {
      String why = "the peer " + peer.get().publicKey() + " of " + device + " has no endpoint";
      return refused(trail, stack, packet, device, why, peer.get().source());
    }
    return encrypted(trail, stack, packet, tunnel, peer.get());
  }

  private static Optional<WireguardTunnel> tunnel(Stack stack, String device) {
    return stack.namespace().links().wireguard().first(known -> known.device().equals(device));
  }

  private static Assumption peersMissing(Stack stack, String device) {
    return new Assumption(
        "the peers of " + device + " of " + stack.id() + " aren't in the state",
        Commands.in(stack.id(), "wg show " + device));
  }

  private List<Branch> encrypted(
      Trail trail, Stack stack, InFlight packet, WireguardTunnel tunnel, Peer peer) {
    IpAddress endpoint = peer.endpoint().orElseThrow();
    Optional<IpAddress> source =
        SourceChoice.of(stack, FlowKey.to(endpoint).withMark(tunnel.mark())).stream()
            .findFirst()
            .map(candidate -> candidate.address().address());
    if (source.isEmpty()) {
      return trail.undetermined(TunnelEgress.sourceMissing(stack, tunnel.device(), endpoint));
    }
    Packet outer =
        packet
            .packet()
            .within(new WireGuard(WireGuard.DATA, 0, OptionalLong.of(0)))
            .within(Udp.of(tunnel.port().orElse(0), peer.endpointPort().orElseThrow()))
            .within(outer(source.get(), endpoint).asLayer());
    Trail met = peer.heard() ? trail : trail.assuming(handshake(stack, tunnel, peer));
    return engine.tunnelEgress.encapsulated(
        met,
        stack,
        packet.withPacket(outer).withMark(tunnel.mark()),
        tunnel.device(),
        "WireGuard: to the peer "
            + peer.publicKey()
            + " at "
            + endpoint
            + ", whose allowed addresses fit",
        List.of(peer.source()),
        Optional.empty());
  }

  private static Ip outer(IpAddress source, IpAddress endpoint) {
    return source.isIpv4()
        ? TunnelEgress.withFragmentFlag(
            Ipv4.of(source, endpoint, IpProtocol.UDP, HOP_LIMIT), /* dontFragment= */ false)
        : Ipv6.of(source, endpoint, IpProtocol.UDP, HOP_LIMIT);
  }

  private static Assumption handshake(Stack stack, WireguardTunnel tunnel, Peer peer) {
    return new Assumption(
        tunnel.device()
            + " of "
            + stack.id()
            + " and its peer "
            + peer.publicKey()
            + " shake hands",
        Commands.in(stack.id(), "wg show " + tunnel.device() + " latest-handshakes"));
  }

  /** The sender is told as of a silent neighbour (icmp_ndo_send, ENOKEY and EDESTADDRREQ). */
  private List<Branch> refused(
      Trail trail, Stack stack, InFlight packet, String device, String why, Source evidence) {
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.TUNNEL,
            Action.REJECT,
            why + ": host unreachable",
            List.of(evidence),
            packet.packet());
    return engine.refusals.endTold(
        trail.then(step),
        stack,
        packet,
        Notice.neighbourUnreachable(Headers.ip(packet).destination().family()),
        stack.id() + ": " + step.decision());
  }

  /** Empty when the packet isn't a WireGuard device's. */
  Optional<List<Branch>> open(Trail trail, Stack stack, InFlight packet) {
    if (!isIn(packet.packet())) {
      return Optional.empty();
    }
    Udp header = (Udp) packet.packet().layers().get(1);
    return stack.namespace().links().devices().stream()
        .filter(device -> device.kind() instanceof DeviceKind.Wireguard)
        .filter(device -> device.isUp().orElse(true))
        .filter(device -> mayListen(stack, device, header.destinationPort()))
        .findFirst()
        .map(device -> into(trail, stack, packet, device));
  }

  /** Whether the packet, from its IP header on, is what a WireGuard device has sent. */
  static boolean isIn(Packet packet) {
    return packet.layers().size() > 3
        && packet.layers().get(1) instanceof Udp
        && packet.layers().get(2) instanceof WireGuard;
  }

  private static boolean mayListen(Stack stack, Device device, int port) {
    return tunnel(stack, device.name())
        .map(known -> known.port().orElse(port) == port)
        .orElse(true);
  }

  private List<Branch> into(Trail trail, Stack stack, InFlight packet, Device device) {
    Optional<WireguardTunnel> shown = tunnel(stack, device.name());
    if (shown.isEmpty()) {
      return trail.undetermined(peersMissing(stack, device.name()));
    }
    WireguardTunnel tunnel = shown.get();
    Packet inner = packet.packet().without(3);
    IpAddress source = ((Ip) inner.outermost()).source();
    Optional<Peer> peer = tunnel.peerFor(source);
    Optional<WireguardTunnel> sender = sender(trail);
    if (peer.isEmpty() || !isSentBy(peer.get(), sender) || !isFor(tunnel, sender, inner)) {
      String why =
          peer.isEmpty()
              ? "no peer of " + device.name() + " may send from " + source
              : "the sender isn't the peer of " + device.name() + " that may send from " + source;
      Step step =
          new Step(
              stack.id(),
              device.name(),
              Stage.TUNNEL,
              Action.DROP,
              why,
              List.of(peer.map(Peer::source).orElse(tunnel.source())),
              packet.packet());
      return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + why);
    }
    Step step =
        new Step(
            stack.id(),
            device.name(),
            Stage.TUNNEL,
            Action.DECAPSULATE,
            "WireGuard: "
                + device.name()
                + " decrypts what its peer sent, which may send from "
                + source,
            List.of(peer.get().source()),
            inner);
    return engine.ingress.receive(
        trail.then(step), stack, device.name(), packet.withPacket(inner), List.of(device.source()));
  }

  /** The device that encrypted the packet. */
  private Optional<WireguardTunnel> sender(Trail trail) {
    return trail
        .last(step ->
            step.action() == Action.ENCAPSULATE && step.decision().startsWith("WireGuard: "))
        .flatMap(step -> tunnel(engine.stack(step.place()), step.device()));
  }

  private static boolean isSentBy(Peer peer, Optional<WireguardTunnel> sender) {
    return sender.flatMap(WireguardTunnel::publicKey).map(peer.publicKey()::equals).orElse(true);
  }

  /** Whether the sender's peer is this device, by its key. */
  private static boolean isFor(
      WireguardTunnel tunnel, Optional<WireguardTunnel> sender, Packet inner) {
    Optional<String> meant =
        sender
            .flatMap(known -> known.peerFor(((Ip) inner.outermost()).destination()))
            .map(Peer::publicKey);
    return meant.isEmpty()
        || tunnel.publicKey().isEmpty()
        || meant.get().equals(tunnel.publicKey().get());
  }
}
