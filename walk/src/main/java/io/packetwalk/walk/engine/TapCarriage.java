package io.packetwalk.walk.engine;

import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Tunnels;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * Sends a frame through a tunnel that carries Ethernet to one remote (Geneve, gretap), and the
 * answer back.
 */
final class TapCarriage {
  private static final int HOP_LIMIT = 64;

  private final World world;
  private final int depth;
  private final Optional<Packet> frame;
  private final Optional<Packet> answer;

  /**
   * @param frame empty where the state doesn't show it
   * @param answer empty where none matters
   */
  private TapCarriage(World world, int depth, Optional<Packet> frame, Optional<Packet> answer) {
    this.world = world;
    this.depth = depth;
    this.frame = frame;
    this.answer = answer;
  }

  static TapCarriage ofQuestion(World world, int depth, Answering.Request request) {
    Optional<Answering.Request> whole =
        Optional.of(request).filter(one -> one.sender().isPresent());
    return new TapCarriage(
        world,
        depth,
        whole.map(NeighbourMessages::question),
        whole.map(one -> NeighbourMessages.answer(one, MacAddress.ZERO)));
  }

  static TapCarriage ofFrame(World world, int depth, MacAddress destination) {
    IpAddress nobody = IpAddress.of("0.0.0.0");
    Packet frame =
        Packet.of(
            new Ethernet(destination, MacAddress.ZERO, EtherType.IPV4),
            Ipv4.of(nobody, nobody, IpProtocol.UDP, HOP_LIMIT).asLayer());
    return new TapCarriage(world, depth, Optional.of(frame), Optional.empty());
  }

  static boolean isTap(DeviceKind kind) {
    if (kind instanceof DeviceKind.Geneve geneve) {
      return !geneve.external() && geneve.remote().isPresent();
    }
    return kind instanceof DeviceKind.IpTunnel tunnel
        && !tunnel.external()
        && (tunnel.mode() == TunnelMode.GRETAP || tunnel.mode() == TunnelMode.IP6GRETAP);
  }

  Tunnels.Exits through(Stack stack, String device) {
    if (frame.isEmpty()) {
      return Tunnels.UNKNOWN;
    }
    Carried there = carry(stack, device, frame.get());
    if (there.end().isEmpty()) {
      return new Tunnels.Exits(List.of(), there.known());
    }
    Step arrival = there.end().get();
    Carried back =
        answer
            .map(reply -> carry(world.stack(arrival.place()), arrival.device(), reply))
            .orElse(new Carried(Optional.empty(), true));
    boolean heard =
        answer.isEmpty()
            || back.end()
                .filter(step -> step.place().equals(stack.id()) && step.device().equals(device))
                .isPresent();
    return new Tunnels.Exits(
        List.of(new Tunnels.Exit(arrival.place(), arrival.device(), heard, Optional.empty())),
        heard || back.known());
  }

  /**
   * Where a frame came out.
   *
   * @param end the step in which the outer header was taken off; empty when it was lost
   */
  private record Carried(Optional<Step> end, boolean known) {}

  private Carried carry(Stack stack, String device, Packet sent) {
    Engine engine = Engine.ofTunnel(world, depth + 1);
    List<Branch> branches =
        engine.egress.send(
            Trail.start(1), stack, Origination.inFlight(sent), device, Optional.empty());
    Branch first = branches.getFirst();
    Optional<Step> end =
        first.steps().stream()
            .filter(step -> step.action() == Action.DECAPSULATE)
            .reduce((earlier, later) -> later);
    boolean known =
        branches.size() == 1
            && (first.verdict() == Verdict.DROPPED || first.verdict() == Verdict.REJECTED);
    return new Carried(end, known);
  }
}
