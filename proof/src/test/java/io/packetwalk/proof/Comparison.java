package io.packetwalk.proof;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.WireGuard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds one predicted walk against what was seen of the packet. */
final class Comparison {
  /** How a prediction compares with the truth. */
  enum Agreement {
    AGREES,
    /** The prediction says that it doesn't know. */
    UNDETERMINED,
    WRONG
  }

  record Result(Agreement agreement, String detail) {}

  /** A walk that doesn't know goes on to show what would happen; the packet may be lost there. */
  private static final String NOTHING_MORE = ", where nothing more was seen";

  /** Times in captures have microseconds, and stand in the truth as floating-point numbers. */
  private static final double CLOCK_STEP = 1e-6;

  private final Snapshot snapshot;
  private final Walk walk;
  private final Truth.Probe probe;
  private final Set<String> knownNodes;

  Comparison(Snapshot snapshot, Walk walk, Truth.Probe probe) {
    this.snapshot = snapshot;
    this.walk = walk;
    this.probe = probe;
    this.knownNodes = Set.copyOf(snapshot.nodes());
  }

  Result compare() {
    if (probe.many()) {
      return compareReceivers();
    }
    Result best = new Result(Agreement.WRONG, "no branch");
    for (Branch branch : likeliestFirst()) {
      Result result = compare(branch);
      boolean better =
          result.agreement().compareTo(best.agreement()) < 0 || best.detail().equals("no branch");
      best = better || (result.detail().contains("≠") && isCloser(result, best)) ? result : best;
    }
    if (best.agreement() != Agreement.AGREES || !probe.wasAnswered()) {
      return best;
    }
    Result reply = compareReply();
    return reply.agreement() == Agreement.AGREES ? compareCompletion() : reply;
  }

  /**
   * Of what is for many only who receives it; the sender's own copy isn't predicted, and a raw
   * socket hears what no program waits for.
   */
  private Result compareReceivers() {
    List<Branch> branches = walk.forward().branches();
    Optional<Branch> open =
        branches.stream().filter(one -> one.verdict() == Verdict.UNDETERMINED).findFirst();
    if (open.isPresent()) {
      return new Result(Agreement.UNDETERMINED, open.get().reason());
    }
    Set<String> predicted =
        branches.stream()
            .filter(one -> one.verdict() == Verdict.DELIVERED || isUnwaitedFor(one))
            .map(this::receiver)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> observed = new TreeSet<>(probe.receivedBy());
    String self = probe.from();
    predicted.remove(self);
    observed.remove(self);
    boolean oneOfSeveral =
        branches.stream()
            .flatMap(one -> one.steps().stream())
            .anyMatch(step -> step.decision().contains(", one of "));
    return predicted.equals(observed) || (oneOfSeveral && predicted.containsAll(observed))
        ? agrees()
        : wrong("delivered to " + predicted + ", but received by " + observed);
  }

  private static boolean isUnwaitedFor(Branch branch) {
    return !branch.steps().isEmpty()
        && branch.steps().getLast().decision().startsWith("no program waits");
  }

  /** Branches that end where the packet was received come first, so that theirs is told. */
  private List<Branch> likeliestFirst() {
    return walk.forward().branches().stream()
        .sorted(
            Comparator.comparing(branch ->
                branch.verdict() != Verdict.DELIVERED
                    || !probe.receivedBy().contains(receiver(branch))))
        .toList();
  }

  private Result compare(Branch branch) {
    if (branch.verdict() == Verdict.UNDETERMINED) {
      Result way = sameWay(branch, requests(), true);
      boolean gone = way.detail().endsWith(NOTHING_MORE);
      return way.agreement() == Agreement.WRONG && !gone
          ? way
          : new Result(Agreement.UNDETERMINED, branch.reason());
    }
    Optional<String> untold = whyToldOtherwise(branch);
    if (untold.isPresent()) {
      return wrong(untold.get());
    }
    boolean predicted = branch.verdict() == Verdict.DELIVERED || isRefusedByPort(branch);
    boolean observed = !probe.receivedBy().isEmpty();
    if (branch.verdict() == Verdict.LEFT) {
      return new Result(Agreement.UNDETERMINED, branch.reason());
    }
    if (predicted != observed) {
      return wrong(
          branch.verdict() + " (" + branch.reason() + "), but received by " + probe.receivedBy());
    }
    if (predicted && !probe.receivedBy().contains(receiver(branch))) {
      return wrong("delivered to " + receiver(branch) + ", but received by " + probe.receivedBy());
    }
    Result way = sameWay(branch, requests(), branch.verdict() == Verdict.LOOPED);
    boolean refused = branch.verdict() == Verdict.REJECTED && walk.error().isPresent();
    return refused && way.agreement() == Agreement.AGREES ? compareError() : way;
  }

  /** The stack got it, and says itself that no program waits. */
  private static boolean isRefusedByPort(Branch branch) {
    Step last = branch.steps().getLast();
    return last.stage() == Stage.LOCAL && last.action() == Action.REJECT;
  }

  /** The error's own way, device by device. */
  private Result compareError() {
    List<Truth.Seen> seen = known(probe.errorSeen().isEmpty() ? replies() : probe.errorSeen());
    if (seen.isEmpty() && probe.error().filter(error -> error.startsWith("icmp")).isPresent()) {
      return agrees(); // on the way it was about a translated packet, which isn't noted
    }
    Result best = wrong("no branch of the error");
    for (Branch error : walk.error().orElseThrow().branches()) {
      Result way =
          error.verdict() == Verdict.UNDETERMINED
              ? new Result(Agreement.UNDETERMINED, "error: " + error.reason())
              : sameWay(error, new ArrayList<>(seen), error.verdict() != Verdict.DELIVERED);
      Result told =
          new Result(way.agreement(), way.detail().isEmpty() ? "" : "error: " + way.detail());
      best = isCloser(told, best) ? told : best;
    }
    return best;
  }

  /** Of two that differ, the one that was at the right place got farther. */
  private static boolean isCloser(Result result, Result best) {
    int better = result.agreement().compareTo(best.agreement());
    return better < 0 || (better == 0 && !best.detail().contains("≠"));
  }

  private List<Truth.Seen> known(List<Truth.Seen> all) {
    return all.stream().filter(seen -> knownNodes.contains(seen.node())).toList();
  }

  /** Where the sender was told of an error that wasn't predicted, or the other way round. */
  private Optional<String> whyToldOtherwise(Branch branch) {
    boolean silent =
        branch.verdict() == Verdict.DROPPED
            && probe.error().isPresent()
            && !endsInTunnel(branch)
            && !isDroppedAtSender(branch);
    return silent
        ? Optional.of("DROPPED (" + branch.reason() + "), but told " + probe.error().get())
        : Optional.of("REJECTED (" + branch.reason() + "), but nobody was told")
            .filter(text -> branch.verdict() == Verdict.REJECTED && probe.isUntold())
            .filter(text -> isTold());
  }

  /**
   * What a rule drops where it is sent, the kernel calls an operation that isn't permitted, and
   * what the first cable loses a lack of room (net_xmit_errno).
   */
  private boolean isDroppedAtSender(Branch branch) {
    Step last = branch.steps().getLast();
    boolean onFirstCable = probe.result().equals("error:ENOBUFS") && last.action() == Action.DROP;
    return onFirstCable
        || ((last.stage() == Stage.OUTPUT || last.stage() == Stage.POSTROUTING)
            && last.place().equals(branch.steps().getFirst().place())
            && probe.result().equals("error:EPERM"));
  }

  /** Whether the walk says for certain that an error reaches the sender. */
  private boolean isTold() {
    return walk.error()
        .map(error -> error.branches().stream())
        .map(errors -> errors.allMatch(error -> error.verdict() == Verdict.DELIVERED))
        .orElse(true);
  }

  /** An error about a tunnel's outer packet is told to the tunnel's end, and noted as if it was. */
  private static boolean endsInTunnel(Branch branch) {
    return branch.steps().getLast().packet().layers().stream().filter(Ip.class::isInstance).count()
        > 1;
  }

  private Result compareReply() {
    Optional<Direction> reply = walk.reply();
    if (reply.isEmpty()) {
      return wrong("no reply predicted");
    }
    Result best = wrong("no branch of the reply");
    for (Branch branch : reply.get().branches()) {
      boolean byReceiver = probe.receivedBy().contains(name(branch.steps().getFirst().place()));
      Result result = byReceiver ? compareReply(branch) : best;
      if (result.agreement().compareTo(best.agreement()) <= 0) {
        best = result;
      }
    }
    return best;
  }

  private Result compareReply(Branch branch) {
    if (branch.verdict() == Verdict.UNDETERMINED) {
      return new Result(Agreement.UNDETERMINED, "reply: " + branch.reason());
    }
    if (branch.verdict() != Verdict.DELIVERED) {
      return wrong("reply " + branch.verdict() + ": " + branch.reason());
    }
    Result way = sameWay(branch, replies(), false);
    return new Result(way.agreement(), "reply: " + way.detail());
  }

  /** The ACK behind the answer, where somebody looked for it. */
  private Result compareCompletion() {
    List<Branch> branches = walk.completion().map(Direction::branches).orElse(List.of());
    if (probe.completion().isEmpty()) {
      return agrees();
    }
    List<Truth.Seen> seen = known(probe.completion().get());
    Result best = wrong("no branch of the handshake's ACK");
    for (Branch branch : branches) {
      Result way =
          branch.verdict() == Verdict.UNDETERMINED
              ? new Result(Agreement.UNDETERMINED, branch.reason())
              : sameWay(branch, new ArrayList<>(seen), false);
      best = isCloser(way, best) ? way : best;
    }
    return new Result(best.agreement(), "ACK: " + best.detail());
  }

  private static Result wrong(String detail) {
    return new Result(Agreement.WRONG, detail);
  }

  private String receiver(Branch branch) {
    return name(branch.steps().getLast().place());
  }

  private String name(NamespaceId place) {
    return place.isHost()
        ? place.node()
        : snapshot.podOf(place).map(pod -> pod.name()).orElse(place.name());
  }

  private List<Truth.Seen> requests() {
    return known(true);
  }

  private List<Truth.Seen> replies() {
    return known(false);
  }

  private List<Truth.Seen> known(boolean request) {
    return probe.seen().stream()
        .filter(seen -> knownNodes.contains(seen.node()))
        .filter(seen -> Signature.observed(seen.headers()).isRequest(probe.sourcePort()) == request)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Device by device, header by header. */
  private Result sameWay(Branch branch, List<Truth.Seen> seen, boolean prefixOnly) {
    List<Step> predicted = branch.steps().stream().filter(Comparison::isCaptured).toList();
    List<Step> flooded = branch.steps().stream().filter(Comparison::isFlood).toList();
    HeadCopies.of(branch).removeFrom(seen);
    if (probe.seen().isEmpty() && seen.isEmpty()) {
      return agrees();
    }
    int next = 0;
    for (Step step : predicted) {
      String where = step.place().node() + ":" + step.place().name() + " " + step.device();
      orderTies(seen, next, where);
      while (next < seen.size() && isCopy(seen.get(next), where, flooded)) {
        next++;
      }
      if (next == seen.size()) {
        boolean dies = step.equals(predicted.getLast()) && branch.verdict() != Verdict.DELIVERED;
        return dies ? agrees() : wrong("predicted at " + where + NOTHING_MORE);
      }
      orderTies(seen, next, where);
      Truth.Seen frame = seen.get(next);
      if (!frame.where().equals(where)) {
        return wrong("predicted at " + where + ", seen at " + frame.where());
      }
      List<String> different =
          Signature.of(step.packet(), step.device().equals("lo"))
              .differences(Signature.observed(frame.headers()));
      if (!different.isEmpty()) {
        return wrong("at " + where + ": " + different);
      }
      next++;
    }
    while (next < seen.size() && isCopy(seen.get(next), "", flooded)) {
      next++;
    }
    return next == seen.size() || prefixOnly
        ? agrees()
        : wrong("not predicted at " + seen.get(next).where());
  }

  /**
   * The order of two captures is known only as well as their times: what a device passes up to the
   * next one keeps its time, and of one crossing of a cable either end may have taken its time
   * first. Among frames that no time puts in order, the predicted one comes first; the frames
   * themselves must all be there all the same.
   */
  private static void orderTies(List<Truth.Seen> seen, int at, String expected) {
    for (int later = at; later < seen.size() && isTied(seen, at, later); later++) {
      if (seen.get(later).where().equals(expected)) {
        seen.add(at, seen.remove(later));
        return;
      }
    }
  }

  private static boolean isTied(List<Truth.Seen> seen, int at, int later) {
    Truth.Seen first = seen.get(at);
    Truth.Seen other = seen.get(later);
    boolean sameTime =
        first.node().equals(other.node()) && other.time() - first.time() < CLOCK_STEP;
    return sameTime || (later == at + 1 && first.headers().equals(other.headers()));
  }

  /** What goes out of {@code lo} and comes in by it again is captured once. */
  private static boolean isCaptured(Step step) {
    boolean again = step.stage() == Stage.INGRESS && step.device().equals("lo");
    boolean encrypted = step.packet().first(WireGuard.class).isPresent();
    return step.isObservable() && !again && !encrypted && !isPredictedCopy(step);
  }

  /** The copies of a flooded frame may be seen in any order. */
  private static boolean isPredictedCopy(Step step) {
    return step.decision().startsWith("a flooded copy")
        || step.decision().startsWith("the copy isn't for");
  }

  /** A bridge sends a frame out of every port, and the walk follows the one that matters. */
  private static boolean isFlood(Step step) {
    return step.stage() == Stage.BRIDGE
        && (step.decision().contains("out of every port")
            || step.decision().contains("it doesn't flood")
            || step.decision().startsWith("no port of "));
  }

  private boolean isCopy(Truth.Seen seen, String expected, List<Step> flooded) {
    return !seen.where().equals(expected)
        && (isCopyToBridge(seen) || flooded.stream().anyMatch(step -> isSame(step, seen)));
  }

  /** Each port sends a flooded frame with a tag or without one. */
  private static boolean isSame(Step step, Truth.Seen seen) {
    return Signature.of(step.packet(), false)
        .withoutTags()
        .differences(Signature.observed(seen.headers()).withoutTags())
        .isEmpty();
  }

  /**
   * A capture on a bridge makes it promiscuous: it then sees what its ports pass among themselves.
   */
  private boolean isCopyToBridge(Truth.Seen seen) {
    return Bridged.isBridge(snapshot, seen.node(), seen.device());
  }

  private static Result agrees() {
    return new Result(Agreement.AGREES, "");
  }
}
