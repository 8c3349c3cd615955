package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.Absence;
import io.packetwalk.correlate.Places;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares flows with what the state predicts for them. */
final class FlowJudge {
  /** Of several branches one that contradicts the flow counts only when all of them do. */
  private static final int UNFIT = 1 << 20;

  static final Judgement NOT_JUDGED = unknown("not compared: too many flows");

  private final Snapshot snapshot;
  private final Taps taps;
  private final Walker walker;
  private final Absence absence;

  FlowJudge(Snapshot snapshot, Taps taps) {
    this.snapshot = snapshot;
    this.taps = taps;
    this.walker = new Walker(snapshot);
    this.absence = new Absence(taps);
  }

  record Judgement(
      Conformity conformity, Optional<Verdict> predicted, String reason, List<DropPoint> drops) {
    Judgement {
      drops = List.copyOf(drops);
    }
  }

  Judgement judge(FlowUse use) {
    Optional<Question> question = question(use);
    if (question.isEmpty()) {
      return unknown(
          isAnswer(use.flow())
              ? "an answer: its way depends on the connection"
              : "the state doesn't show its sender");
    }
    Walk walk = walker.walk(question.get());
    PathUse path = use.paths().getFirst();
    Judgement best = unknown("no branch");
    int most = Integer.MIN_VALUE;
    for (Branch branch : walk.forward().branches()) {
      Judgement judgement = beside(branch, use, path);
      int fit = fit(branch, path) - (judgement.conformity() == Conformity.DIFFERS ? UNFIT : 0);
      if (fit > most) {
        best = judgement;
        most = fit;
      }
    }
    return best;
  }

  /** How much of what was seen is on this branch, less what isn't. */
  private int fit(Branch branch, PathUse path) {
    List<Integer> expected = expected(branch);
    int on = (int) path.taps().stream().filter(expected::contains).count();
    int off = path.taps().size() - on;
    int missed = (int) expected.stream().filter(tap -> !path.taps().contains(tap)).count();
    return 2 * on - off - missed;
  }

  private List<Integer> expected(Branch branch) {
    List<Integer> expected = new ArrayList<>();
    for (Step step : Places.observable(branch)) {
      taps.at(step.place(), step.device()).ifPresent(expected::add);
    }
    return expected;
  }

  private static Judgement unknown(String reason) {
    return new Judgement(Conformity.UNKNOWN, Optional.empty(), reason, List.of());
  }

  /** The question whose packets are like those of this flow, when its sender is in the state. */
  private Optional<Question> question(FlowUse use) {
    Flow flow = use.flow();
    NamespaceId place = taps.tap(use.paths().getFirst().taps().getFirst()).place();
    boolean own =
        snapshot.namespace(place).links().addresses().stream()
            .anyMatch(address -> address.address().equals(flow.source()));
    boolean group = flow.destination().isMulticast() || flow.source().isUnspecified();
    if (!own || group) {
      return Optional.empty();
    }
    Optional<Probe> probe =
        switch (flow.protocol()) {
          case IpProtocol.TCP ->
              Optional.of(new Probe.TcpSyn(flow.sourcePort(), flow.destinationPort(), 0));
          case IpProtocol.UDP ->
              Optional.of(new Probe.UdpDatagram(flow.sourcePort(), flow.destinationPort(), 0));
          case IpProtocol.SCTP ->
              Optional.of(new Probe.SctpInit(flow.sourcePort(), flow.destinationPort(), 0));
          case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
              Optional.of(flow)
                  .filter(ping -> ping.sourcePort() == 8 || ping.sourcePort() == 128)
                  .map(ping ->
                      new Probe.IcmpMessage(ping.sourcePort(), 0, ping.destinationPort(), 1, 0));
          default -> Optional.empty();
        };
    boolean answer = isAnswer(flow);
    return probe
        .filter(_ -> !answer)
        .map(known ->
            new Question(
                new Origin.Inside(place),
                flow.destination(),
                Optional.of(flow.source()),
                known,
                use.hopLimit()));
  }

  /** Whether the ports look like those of an answer, whose way a connection decides. */
  private static boolean isAnswer(Flow flow) {
    boolean ports = flow.protocol() == IpProtocol.TCP || flow.protocol() == IpProtocol.UDP;
    return ports && flow.sourcePort() < flow.destinationPort() && flow.destinationPort() >= 32768;
  }

  private Judgement beside(Branch branch, FlowUse use, PathUse path) {
    List<Integer> expected = expected(branch);
    List<Integer> seen =
        path.taps().stream()
            .filter(tap -> Places.isKnown(snapshot, taps.tap(tap).place()))
            .toList();
    int next = 0;
    for (int tap : seen) {
      int at = indexFrom(expected, next, tap);
      if (at >= 0) {
        next = at + 1;
      } else if (!isBeside(branch, tap) && !expected.contains(tap)) {
        return new Judgement(
            Conformity.DIFFERS,
            Optional.of(branch.verdict()),
            "seen at " + taps.tap(tap).name() + ", not predicted",
            List.of());
      }
    }
    return ended(branch, use, path, expected, next);
  }

  /** Whether a sighting there contradicts nothing. */
  private boolean isBeside(Branch branch, int tap) {
    return !taps.tap(tap).isSure()
        || Places.isBridge(snapshot, taps.tap(tap))
        || Places.isFlooded(branch, taps.tap(tap).place().node());
  }

  private static int indexFrom(List<Integer> expected, int from, int tap) {
    for (int index = from; index < expected.size(); index++) {
      if (expected.get(index) == tap) {
        return index;
      }
    }
    return -1;
  }

  private Judgement ended(
      Branch branch, FlowUse use, PathUse path, List<Integer> expected, int next) {
    if (next == expected.size()) {
      boolean decided = branch.verdict() != Verdict.UNDETERMINED;
      return new Judgement(
          decided ? Conformity.FOLLOWS : Conformity.UNKNOWN,
          Optional.of(branch.verdict()),
          branch.verdict() == Verdict.DELIVERED ? "" : branch.reason(),
          List.of());
    }
    int after = path.taps().getLast();
    int missing = expected.get(next);
    Sight sight = absence.at(missing, after, path.lastStamp(), use.ambiguous() > 0);
    DropPoint drop = new DropPoint(use.flow(), after, missing, path.packets(), sight);
    return switch (sight) {
      case Sight.Absent _ ->
          new Judgement(
              Conformity.DIFFERS,
              Optional.of(branch.verdict()),
              "predicted at %s, never seen there".formatted(taps.tap(missing).name()),
              List.of(drop));
      case Sight.Unknown unknown ->
          new Judgement(
              Conformity.UNKNOWN,
              Optional.of(branch.verdict()),
              "at %s: %s".formatted(taps.tap(missing).name(), unknown.reason()),
              List.of(drop));
      case Sight.There _ -> throw new IllegalStateException("an absence that is a sighting");
    };
  }
}
