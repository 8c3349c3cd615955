package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a neighbour through a tunnel that carries Ethernet to one remote (Geneve, gretap): the
 * question is sent into it, and the answer back.
 */
final class TapNeighbours {
  /** How many tunnels may carry one another's questions. */
  private static final int DEEPEST = 3;

  private final World world;
  private final Answering answering;
  private final int depth;

  TapNeighbours(World world, Answering answering, int depth) {
    this.world = world;
    this.answering = answering;
    this.depth = depth;
  }

  static boolean isTap(DeviceKind kind) {
    if (kind instanceof DeviceKind.Geneve geneve) {
      return !geneve.external() && geneve.remote().isPresent();
    }
    return kind instanceof DeviceKind.IpTunnel tunnel
        && !tunnel.external()
        && (tunnel.mode() == TunnelMode.GRETAP || tunnel.mode() == TunnelMode.IP6GRETAP);
  }

  /** Empty when the state doesn't show what becomes of the question or of the answer. */
  Optional<OverlayNeighbours.Finding> ask(Stack stack, String device, Answering.Request request) {
    if (depth >= DEEPEST || request.sender().isEmpty()) {
      return Optional.empty();
    }
    Carried question = carry(stack, device, NeighbourMessages.question(request));
    if (question.end().isEmpty()) {
      return question.known() ? Optional.of(nobody()) : Optional.empty();
    }
    Step arrival = question.end().get();
    Stack far = world.stack(arrival.place());
    if (Bridges.bridgeOf(far.namespace(), arrival.device()).isPresent()) {
      return Optional.empty();
    }
    Segment.Endpoint endpoint =
        new Segment.Endpoint(arrival.place(), arrival.device(), true, List.of());
    return switch (answering.to(endpoint, request)) {
      case Answering.Yes yes -> answered(stack.id(), device, far, arrival.device(), request, yes);
      case Answering.No no -> Optional.of(nobody());
      case Answering.Maybe maybe -> Optional.empty();
      case Answering.Unclear unclear -> Optional.empty();
    };
  }

  private static OverlayNeighbours.Finding nobody() {
    return new OverlayNeighbours.Finding(Optional.empty(), true);
  }

  private Optional<OverlayNeighbours.Finding> answered(
      NamespaceId home,
      String device,
      Stack far,
      String farDevice,
      Answering.Request request,
      Answering.Yes yes) {
    Carried answer = carry(far, farDevice, NeighbourMessages.answer(request, yes.mac()));
    boolean heard =
        answer
            .end()
            .filter(step -> step.place().equals(home) && step.device().equals(device))
            .isPresent();
    if (heard) {
      return Optional.of(new OverlayNeighbours.Finding(Optional.of(yes), true));
    }
    return answer.known() ? Optional.of(nobody()) : Optional.empty();
  }

  /**
   * Where a frame came out.
   *
   * @param end the step in which the outer header was taken off; empty when it was lost
   */
  private record Carried(Optional<Step> end, boolean known) {}

  private Carried carry(Stack stack, String device, Packet frame) {
    Engine engine = Engine.ofTunnel(world, depth + 1);
    List<Branch> branches =
        engine.egress.send(
            Trail.start(1), stack, Origination.inFlight(frame), device, Optional.empty());
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
