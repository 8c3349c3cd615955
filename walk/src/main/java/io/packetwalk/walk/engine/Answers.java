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
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.Vrfs;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Walks the answer to each packet that arrived, with the connections that its request left behind.
 *
 * <p>An answer is delivered when it reaches the namespace that asked, from the address that was
 * asked: any other is one that the asking program doesn't know.
 */
final class Answers {
  private final World world;
  private final Question question;
  private final List<LocalDelivery.Arrival> arrivals;
  private final NeighbourResolution known;
  private final List<Heard> heard = new ArrayList<>();

  /**
   * An answer that the program which asked takes.
   *
   * @param by the namespace that answered
   * @param neighbours which neighbours have been found by then
   */
  record Heard(LocalDelivery.Arrival answer, NamespaceId by, NeighbourResolution neighbours) {}

  Answers(
      World world,
      Question question,
      List<LocalDelivery.Arrival> arrivals,
      NeighbourResolution known) {
    this.world = world;
    this.question = question;
    this.arrivals = arrivals;
    this.known = known;
  }

  /** The answers that arrived where they were waited for, once they were walked. */
  List<Heard> heard() {
    return List.copyOf(heard);
  }

  /** Empty when nothing arrived that is answered. */
  Optional<List<Branch>> walk() {
    double delivered = arrivals.stream().mapToDouble(arrival -> arrival.branch().weight()).sum();
    List<Branch> branches = new ArrayList<>();
    for (LocalDelivery.Arrival arrival : arrivals) {
      Probes.answer(arrival.packet().packet())
          .filter(answer -> !isForMany(arrival))
          .ifPresent(answer ->
              branches.addAll(send(arrival, answer, arrival.branch().weight() / delivered)));
    }
    return branches.isEmpty() ? Optional.empty() : Optional.of(branches);
  }

  /** Nobody need answer what is for many, and who does has an address of his own. */
  private static boolean isForMany(LocalDelivery.Arrival arrival) {
    return Groups.isForMany(arrival.stack(), Headers.ip(arrival.packet()).destination());
  }

  private List<Branch> send(LocalDelivery.Arrival arrival, Packet answer, double weight) {
    Engine engine = Engine.ofAnswers(world);
    engine.neighbours.remember(known);
    Step step =
        new Step(
            arrival.stack().id(),
            arrival.packet().input().orElse(""),
            Stage.SEND,
            Action.CLASSIFY,
            "the answer to " + ((Ip) answer.outermost()).destination(),
            List.of(),
            answer);
    InFlight packet =
        new InFlight(
            answer, 0, Optional.empty(), Optional.empty(), arrival.packet().tracking().detached());
    Trail start =
        arrival.condition().map(Trail.start(weight)::provided).orElse(Trail.start(weight));
    List<Branch> branches =
        engine.output.send(
            start.then(step), arrival.stack(), packet, key -> answering(key, arrival, answer));
    engine.delivery.arrivals().stream()
        .filter(back -> judge(back.branch()).verdict() == Verdict.DELIVERED)
        .forEach(back -> heard.add(new Heard(back, arrival.stack().id(), engine.neighbours)));
    return branches.stream().map(this::judge).toList();
  }

  /**
   * What answers a packet leaves by its device where the address counts on one link only, and an
   * ICMPv6 echo is answered with that device for rules to see (icmpv6_echo_reply). In a VRF all
   * answers are (icmp_reply, inet_request_bound_dev_if, ip_send_unicast_reply).
   */
  private static FlowKey answering(FlowKey key, LocalDelivery.Arrival arrival, Packet answer) {
    Optional<String> device = arrival.packet().input();
    if (device.filter(name -> Vrfs.isVrf(arrival.stack(), name)).isPresent()) {
      return key.boundTo(device);
    }
    if (device.isEmpty() || key.destination().isIpv4()) {
      return key;
    }
    if (key.destination().isLinkLocal()) {
      return key.boundTo(device);
    }
    boolean echo = answer.layers().size() > 1 && answer.layers().get(1) instanceof Icmpv6;
    return echo ? key.preferring(device.get()) : key;
  }

  private Branch judge(Branch branch) {
    boolean fromOutside = question.from() instanceof Origin.Outside;
    if (branch.verdict() != Verdict.DELIVERED || branch.steps().isEmpty() || fromOutside) {
      return branch;
    }
    Step last = branch.steps().getLast();
    return unheeded(last)
        .map(reason -> ending(branch, Verdict.DROPPED, reason))
        .or(() -> fromAnother(last).map(source -> heeded(branch, source)))
        .orElse(branch);
  }

  private static Branch ending(Branch branch, Verdict verdict, String reason) {
    return new Branch(branch.weight(), verdict, reason, branch.steps(), branch.assumptions());
  }

  /**
   * Who waits for an echo reply knows it by its identifier, from whomever it comes (ping_lookup);
   * ping says so. Other sockets take nothing but from whom they asked.
   */
  private Branch heeded(Branch branch, IpAddress source) {
    String differs = "the answer comes from " + source + ", but " + question.to() + " was asked: ";
    return question.probe() instanceof Probe.IcmpMessage
        ? ending(
            branch, Verdict.DELIVERED, differs + "ping takes it, and says that the address differs")
        : ending(branch, Verdict.DROPPED, differs + "no socket takes it");
  }

  private Optional<IpAddress> fromAnother(Step last) {
    return Headers.ip(last.packet())
        .map(Ip::source)
        .filter(source -> !source.equals(question.to()));
  }

  private Optional<String> unheeded(Step last) {
    boolean elsewhere =
        question.from() instanceof Origin.Inside inside && !inside.namespace().equals(last.place());
    return elsewhere
        ? Optional.of("the answer arrives at " + last.place() + ", which didn't ask")
        : Heeding.whyNot(world.stack(last.place()), question, last)
            .map(why -> "no socket takes the answer: " + why);
  }
}
