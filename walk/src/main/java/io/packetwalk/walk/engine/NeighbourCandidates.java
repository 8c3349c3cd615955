package io.packetwalk.walk.engine;

import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Those who may answer a question for a neighbour, and what each of them does. */
final class NeighbourCandidates {
  private final World world;
  private final Answering answering;
  private final TunnelProxies proxies;
  private final Segment segment;
  private final Answering.Request request;

  NeighbourCandidates(
      World world, Answering answering, Segment segment, Answering.Request request) {
    this.world = world;
    this.answering = answering;
    this.proxies = new TunnelProxies(world);
    this.segment = segment;
    this.request = request;
  }

  private Stream<Segment.Endpoint> everybody() {
    return Stream.concat(segment.endpoints().stream(), segment.answering().stream());
  }

  /** A proxy waits before it answers (pneigh_enqueue). */
  List<Segment.Endpoint> ownersFirst() {
    List<Segment.Endpoint> waiting =
        everybody()
            .filter(endpoint -> answerOf(endpoint) instanceof Answering.Yes yes && yes.byProxy())
            .toList();
    List<Segment.Endpoint> ordered = new ArrayList<>(everybody().toList());
    ordered.removeAll(waiting);
    ordered.addAll(waiting);
    return ordered;
  }

  /** What an endpoint answers, as far as bridges and tunnels let question and answer pass. */
  Answering.Answer answerOf(Segment.Endpoint endpoint) {
    for (Segment.Crossing crossing : endpoint.crossed()) {
      BridgeAnswering.Outcome outcome = at(crossing);
      boolean elsewhere =
          outcome.answer().isPresent() && !crossing.equals(endpoint.crossed().getFirst());
      if (outcome.open().isPresent() || elsewhere) {
        return new Answering.Unclear(outcome.open().orElseGet(() -> answeredOnTheWay(crossing)));
      }
      if (outcome.kept()) {
        return new Answering.No();
      }
    }
    Answering.Answer answer =
        segment.answering().contains(endpoint)
            ? proxies.to(endpoint, request)
            : answering.to(endpoint, request);
    return answer instanceof Answering.Yes yes && TunnelEnds.isUnheard(world, endpoint, yes.mac())
        ? new Answering.No()
        : answer;
  }

  private BridgeAnswering.Outcome at(Segment.Crossing crossing) {
    return BridgeAnswering.at(world.stack(crossing.namespace()), crossing, request);
  }

  private Assumption answeredOnTheWay(Segment.Crossing crossing) {
    return new Assumption(
        "whether the answer of bridge "
            + crossing.bridge()
            + " of "
            + crossing.namespace()
            + " for "
            + request.asked()
            + " is heard isn't walked",
        Commands.in(crossing.namespace(), "bridge fdb show br " + crossing.bridge()));
  }

  /** What the bridge that the asker is joined to answers, where it does so itself. */
  Optional<Answering.Yes> byBridge() {
    return everybody()
        .flatMap(endpoint -> endpoint.crossed().stream().limit(1))
        .flatMap(first -> at(first).answer().stream())
        .findFirst();
  }

  /** Whether somebody answers with another link-layer address. */
  boolean isContradicted(Answering.Yes own) {
    return everybody()
        .map(this::answerOf)
        .anyMatch(
            answer -> answer instanceof Answering.Yes other && !other.mac().equals(own.mac()));
  }

  NeighbourRace race(Stack asker, Segment.Endpoint first, Answering.Yes answer) {
    List<NeighbourRace.Rival> rivals = new ArrayList<>();
    for (Segment.Endpoint other : everybody().toList()) {
      if (!other.equals(first)
          && answerOf(other) instanceof Answering.Yes also
          && !also.mac().equals(answer.mac())) {
        rivals.add(new NeighbourRace.Rival(other, also));
      }
    }
    return NeighbourRace.of(
        world, asker, request.asked(), new NeighbourRace.Rival(first, answer), rivals);
  }
}
