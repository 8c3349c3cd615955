package io.packetwalk.correlate;

import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.correlate.match.Part;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lays a packet's sightings beside the branches of its prediction. */
final class WayFinder {
  private final Snapshot snapshot;
  private final Taps taps;
  private final Absence absence;
  private final Predicate<Rival> rivals;

  /** Whether a tap saw a packet that can't be told from this one. */
  record Rival(Trajectory trajectory, int tap) {}

  WayFinder(Snapshot snapshot, Taps taps, Predicate<Rival> rivals) {
    this.snapshot = snapshot;
    this.taps = taps;
    this.absence = new Absence(taps);
    this.rivals = rivals;
  }

  /** The way beside the branch that explains most of it. */
  Way find(Trajectory trajectory, Direction direction) {
    Optional<Way> best = Optional.empty();
    int most = Integer.MIN_VALUE;
    for (Branch branch : direction.branches()) {
      Way way = beside(trajectory, branch);
      int score = score(way);
      if (score > most) {
        most = score;
        best = Optional.of(way);
      }
    }
    return best.orElseThrow();
  }

  private static int score(Way way) {
    int seen = (int) way.hops().stream().filter(Hop::isSeen).count();
    int different =
        (int)
            way.hops().stream()
                .filter(hop ->
                    hop.sight() instanceof Sight.There there
                        && there.differences().stream().anyMatch(Difference::isGrave))
                .count();
    int absent = (int) way.hops().stream().filter(Hop::isAbsent).count();
    return 4 * seen - 3 * different - 4 * way.unpredicted().size() - absent;
  }

  /** The places of a branch where a capture shows the packet, as indices of its steps. */
  private static List<Integer> observable(Branch branch) {
    return IntStream.range(0, branch.steps().size())
        .filter(index -> Places.isObservable(branch.steps().get(index)))
        .boxed()
        .toList();
  }

  private Way beside(Trajectory trajectory, Branch branch) {
    List<Integer> places = observable(branch);
    List<Optional<Seen>> found = new ArrayList<>();
    List<Seen> left = new ArrayList<>(trajectory.seen());
    for (int place : places) {
      Optional<Seen> match = match(branch.steps().get(place), left);
      match.ifPresent(passed -> left.removeIf(seen -> isPassed(seen, passed)));
      found.add(match);
    }
    return way(trajectory, branch, places, found, left);
  }

  /** The sighting itself, and pieces of the same packet at the same place. */
  private static boolean isPassed(Seen seen, Seen match) {
    return seen.equals(match)
        || (seen.tap() == match.tap()
            && seen.hopLimit() == match.hopLimit()
            && seen.flow().equals(match.flow())
            && seen.number() != match.number());
  }

  private Optional<Seen> match(Step step, List<Seen> left) {
    OptionalInt tap = taps.at(step.place(), step.device());
    if (tap.isEmpty()) {
      return Optional.empty();
    }
    List<Seen> here = left.stream().filter(seen -> seen.tap() == tap.getAsInt()).toList();
    int hops = hopLimit(step.packet());
    return here.stream()
        .filter(seen -> seen.hopLimit() == hops)
        .findFirst()
        .or(() -> here.stream().findFirst());
  }

  /** The innermost hop limit that isn't an error's quotation. */
  private static int hopLimit(Packet packet) {
    int hops = 0;
    for (Layer layer : packet.layers()) {
      hops = layer instanceof Ip ip ? ip.hopLimit() : hops;
      if (layer instanceof Icmp || layer instanceof Icmpv6) {
        return hops;
      }
    }
    return hops;
  }

  private Way way(
      Trajectory trajectory,
      Branch branch,
      List<Integer> places,
      List<Optional<Seen>> found,
      List<Seen> left) {
    OptionalInt last = OptionalInt.empty();
    List<Hop> hops = new ArrayList<>();
    Optional<Seen> before = Optional.empty();
    for (int place = 0; place < found.size(); place++) {
      Step step = branch.steps().get(places.get(place));
      Optional<Seen> seen = found.get(place);
      Sight sight =
          seen.isPresent() ? there(step, seen.get(), before) : missing(step, trajectory, before);
      hops.add(new Hop(places.get(place), step, sight));
      last = seen.isPresent() ? OptionalInt.of(place) : last;
      before = seen.or(earlier(before));
    }
    List<Seen> beside = new ArrayList<>();
    List<Seen> unpredicted = new ArrayList<>();
    left.forEach(seen -> (isBeside(seen, trajectory, branch) ? beside : unpredicted).add(seen));
    OptionalInt missing = firstAbsent(hops, last);
    Ending ending = ending(branch, hops, last, missing, !unpredicted.isEmpty());
    return new Way(trajectory, branch, hops, beside, unpredicted, last, missing, ending);
  }

  private static Supplier<Optional<Seen>> earlier(Optional<Seen> before) {
    return () -> before;
  }

  private Sight there(Step step, Seen seen, Optional<Seen> before) {
    List<Difference> differences =
        seen.decoded()
            .filter(_ -> seen.part() == Part.SAME)
            .map(decoded -> Differences.between(step.packet(), decoded))
            .orElse(List.of());
    if (before.isEmpty()) {
      return new Sight.There(seen, seen.tap(), OptionalLong.empty(), 0, differences);
    }
    Seen earlier = before.get();
    Offset offset = taps.between(earlier.tap(), seen.tap(), earlier.stamp());
    long since = seen.stamp() - earlier.stamp() - offset.ahead();
    if (!offset.isBounded() || since >= offset.bound()) {
      return new Sight.There(seen, seen.tap(), OptionalLong.of(since), offset.bound(), differences);
    }
    // It can't have arrived before it left, which makes the range smaller.
    long most = Math.max(0, since + offset.bound());
    return new Sight.There(
        seen, seen.tap(), OptionalLong.of(most / 2), most - most / 2, differences);
  }

  private Sight missing(Step step, Trajectory trajectory, Optional<Seen> before) {
    OptionalInt tap = taps.at(step.place(), step.device());
    if (tap.isEmpty()) {
      return new Sight.Unknown(
          taps.at(step.place(), Places.ALL_DEVICES).isPresent()
              ? "the capture of all devices there doesn't tell one from another"
              : "there is no capture of it");
    }
    if (!trajectory.quality().isSure()) {
      return new Sight.Unknown("packets with the same contents can't be told apart");
    }
    Seen from = before.orElse(trajectory.first());
    Packet frame = ExpectedFrame.of(step.packet(), from.decoded().map(decoded -> decoded.packet()));
    return absence.at(
        tap.getAsInt(),
        new Absence.Missing(
            from.tap(),
            from.stamp(),
            rivals.test(new Rival(trajectory, tap.getAsInt())),
            Optional.of(frame),
            false));
  }

  /**
   * Whether a sighting contradicts nothing: the place isn't in the state, or it is a bridge, whose
   * capture also sees what its ports pass among themselves, or a port to which a bridge flooded.
   */
  private boolean isBeside(Seen seen, Trajectory trajectory, Branch branch) {
    if (!taps.tap(seen.tap()).isSure()) {
      return true;
    }
    NamespaceId place = taps.tap(seen.tap()).place();
    if (!Places.isKnown(snapshot, place) || Places.isFlooded(branch, place.node())) {
      return true;
    }
    boolean passedAgain =
        trajectory.seen().stream()
            .anyMatch(
                other -> !other.equals(seen) && other.tap() == seen.tap() && isSame(other, seen));
    return Places.isBridge(snapshot, taps.tap(seen.tap()))
        || passedAgain
        || !Places.isDevice(snapshot, taps.tap(seen.tap()));
  }

  private static boolean isSame(Seen first, Seen second) {
    return first.hopLimit() == second.hopLimit() && first.flow().equals(second.flow());
  }

  private static OptionalInt firstAbsent(List<Hop> hops, OptionalInt last) {
    for (int index = last.orElse(-1) + 1; index < hops.size(); index++) {
      if (hops.get(index).isAbsent()) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  private static Ending ending(
      Branch branch, List<Hop> hops, OptionalInt last, OptionalInt missing, boolean elsewhere) {
    boolean toTheEnd = last.isPresent() && last.getAsInt() == hops.size() - 1;
    if (elsewhere && !toTheEnd) {
      return Ending.PARTED;
    }
    if (last.isEmpty()) {
      return Ending.UNKNOWN;
    }
    if (toTheEnd) {
      boolean delivers =
          branch.verdict() == Verdict.DELIVERED
              || branch.steps().getLast().action() == Action.DELIVER;
      return delivers ? Ending.ARRIVED : Ending.ENDED_AS_PREDICTED;
    }
    return missing.isPresent() ? Ending.DIED : Ending.UNKNOWN;
  }
}
