package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the ACK that completes TCP's three-way handshake (RFC 9293, 3.5), with the connections that
 * the SYN and the answer left behind.
 *
 * <p>Rules may treat it otherwise than the SYN: where connection tracking saw only one of the first
 * two segments it is invalid, and what lets in new connections need not let in what belongs to one.
 */
final class Completion {
  private final World world;
  private final Question question;
  private final List<Answers.Heard> answers;

  Completion(World world, Question question, List<Answers.Heard> answers) {
    this.world = world;
    this.question = question;
    this.answers = answers;
  }

  /** Empty where there is no handshake, or no answer that would be acknowledged. */
  Optional<List<Branch>> walk() {
    if (!(question.probe() instanceof Probe.TcpSyn syn)
        || !(question.from() instanceof Origin.Inside)) {
      return Optional.empty();
    }
    double all = answers.stream().mapToDouble(heard -> heard.answer().branch().weight()).sum();
    List<Branch> branches = new ArrayList<>();
    for (Answers.Heard heard : answers) {
      branches.addAll(send(heard, syn, heard.answer().branch().weight() / all));
    }
    return branches.isEmpty() ? Optional.empty() : Optional.of(branches);
  }

  private List<Branch> send(Answers.Heard heard, Probe.TcpSyn syn, double weight) {
    Engine engine = Engine.ofAnswers(world);
    engine.neighbours.remember(heard.neighbours());
    LocalDelivery.Arrival answer = heard.answer();
    IpAddress source = Headers.ip(answer.packet()).destination();
    Packet packet = Probes.acknowledgement(question, syn, source);
    Step step =
        new Step(
            answer.stack().id(),
            "",
            Stage.SEND,
            Action.CLASSIFY,
            "the stack acknowledges the answer, which completes the handshake",
            List.of(),
            packet);
    InFlight flight =
        new InFlight(
            packet, 0, Optional.empty(), Optional.empty(), answer.packet().tracking().detached());
    return engine
        .output
        .send(
            Trail.start(weight).then(step),
            answer.stack(),
            flight,
            key -> Origination.routed(key, question, source))
        .stream()
        .map(branch -> judge(branch, heard.by()))
        .toList();
  }

  /** A stack that has no such connection answers with a reset. */
  private static Branch judge(Branch branch, NamespaceId answered) {
    boolean elsewhere =
        branch.verdict() == Verdict.DELIVERED && !branch.steps().getLast().place().equals(answered);
    return elsewhere
        ? new Branch(
            branch.weight(),
            Verdict.DROPPED,
            "it arrives at "
                + branch.steps().getLast().place()
                + ", but "
                + answered
                + " has answered: the connection is reset",
            branch.steps(),
            branch.assumptions())
        : branch;
  }
}
