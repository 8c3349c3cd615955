package io.packetwalk.walk.engine;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a packet so far on one branch.
 *
 * <p>Trails are immutable and share their beginnings: a branch point hands the same trail to each
 * way.
 */
final class Trail {
  private static final int WHOLE = Integer.MAX_VALUE;
  private static final Trail START = new Trail(null, null, null, null, 1, 0, WHOLE);

  private final @Nullable Trail before;
  private final @Nullable Step step;
  private final @Nullable Assumption assumption;
  private final @Nullable Assumption condition;
  private final double weight;
  private final int length;
  private final int largest;

  private Trail(
      @Nullable Trail before,
      @Nullable Step step,
      @Nullable Assumption assumption,
      @Nullable Assumption condition,
      double weight,
      int length,
      int largest) {
    this.before = before;
    this.step = step;
    this.assumption = assumption;
    this.condition = condition;
    this.weight = weight;
    this.length = length;
    this.largest = largest;
  }

  static Trail start(double weight) {
    return new Trail(START, null, null, null, weight, 0, WHOLE);
  }

  /** The trail that ended as this branch, to go on from there. */
  static Trail after(Branch branch) {
    Trail trail = start(branch.weight()).assuming(branch.assumptions());
    for (Step step : branch.steps()) {
      trail = trail.then(step);
    }
    return trail;
  }

  Trail then(Step next) {
    return new Trail(this, next, null, condition, weight, length + 1, largest);
  }

  /** The latest step of a stage. */
  Optional<Step> last(Stage stage) {
    for (Trail trail = this; trail != null; trail = trail.before) {
      if (trail.step != null && trail.step.stage() == stage) {
        return Optional.of(trail.step);
      }
    }
    return Optional.empty();
  }

  /** How often a device has put headers in front of the packet since it last came in by one. */
  int wrappings(String device) {
    int wrappings = 0;
    for (Trail trail = this; trail != null; trail = trail.before) {
      Step here = trail.step;
      if (here == null) {
        continue;
      }
      if (here.stage() == Stage.INGRESS) {
        return wrappings;
      }
      if (here.action() == Action.ENCAPSULATE && here.device().equals(device)) {
        wrappings++;
      }
    }
    return wrappings;
  }

  Trail assuming(Assumption next) {
    return new Trail(this, null, next, condition, weight, length, largest);
  }

  Trail assuming(Iterable<Assumption> several) {
    Trail trail = this;
    for (Assumption next : several) {
      trail = trail.assuming(next);
    }
    return trail;
  }

  /**
   * This trail from a point on which it is only followed to see what would happen: it can't be
   * known whether the packet gets there, so it can't end well.
   */
  Trail provided(Assumption unknown) {
    return condition != null
        ? assuming(unknown)
        : new Trail(this, null, unknown, unknown, weight, length, largest);
  }

  /** What it depends on whether the packet gets here at all; empty when nothing does. */
  Optional<Assumption> condition() {
    return Optional.ofNullable(condition);
  }

  /** The part of this trail that takes this share of its packets. */
  Trail weighing(double share) {
    return share == 1
        ? this
        : new Trail(this, null, null, condition, weight * share, length, largest);
  }

  /** This trail from where the packet goes on in fragments of at most this many bytes. */
  Trail inFragments(int most) {
    return withLargest(Math.min(largest, most));
  }

  /** This trail from where headers of this many bytes are put in front of what is sent. */
  Trail grownBy(int bytes) {
    return largest == WHOLE ? this : withLargest(largest + bytes);
  }

  /** This trail from where fragments are put together again. */
  Trail reassembled() {
    return withLargest(WHOLE);
  }

  /**
   * This trail as IPVS finds the packet: put together again, but the size of IPv6's fragments still
   * counts (__mtu_check_toobig_v6).
   */
  Trail asLargeAs(Trail arrived, InFlight packet) {
    return Headers.ip(packet).source().isIpv6() ? withLargest(arrived.largest) : this;
  }

  private Trail withLargest(int most) {
    return most == largest ? this : new Trail(this, null, null, condition, weight, length, most);
  }

  /** The size, in bytes from the IP header on, of what is really on the wire of this packet. */
  int sizeOf(Packet packet) {
    return Math.min(largest, Sizes.ofIp(packet));
  }

  double weight() {
    return weight;
  }

  int length() {
    return length;
  }

  /** Whether a step like this has been taken before. */
  boolean has(Predicate<Step> like) {
    return last(like).isPresent();
  }

  /** The latest step like this. */
  Optional<Step> last(Predicate<Step> like) {
    for (Trail trail = this; trail != null; trail = trail.before) {
      if (trail.step != null && like.test(trail.step)) {
        return Optional.of(trail.step);
      }
    }
    return Optional.empty();
  }

  /** The branch that ends here. */
  List<Branch> end(Verdict verdict, String reason) {
    List<Step> steps = new ArrayList<>(length);
    Map<String, Assumption> assumptions = new LinkedHashMap<>();
    List<Assumption> backwards = new ArrayList<>();
    for (Trail trail = this; trail != null; trail = trail.before) {
      if (trail.step != null) {
        steps.add(trail.step);
      }
      if (trail.assumption != null) {
        backwards.add(trail.assumption);
      }
    }
    backwards.reversed().forEach(one -> assumptions.putIfAbsent(one.identity(), one));
    Optional<Assumption> open = condition().filter(missing -> isOpen(verdict));
    Verdict heard = heard(verdict, steps);
    String told =
        heard == Verdict.UNDETERMINED && verdict == Verdict.REJECTED
            ? reason + "; what the sender of the packet inside is told isn't predicted"
            : reason;
    return List.of(
        new Branch(
            weight,
            open.isPresent() ? Verdict.UNDETERMINED : heard,
            open.map(Assumption::text).orElse(told),
            steps.reversed(),
            List.copyOf(assumptions.values())));
  }

  private static boolean isOpen(Verdict verdict) {
    return verdict == Verdict.DELIVERED
        || verdict == Verdict.LEFT
        || verdict == Verdict.UNDETERMINED;
  }

  /**
   * Inside the headers of most tunnels nobody is told: the error goes to the tunnel's own end,
   * which doesn't pass it on (ipip_err only counts it, vxlan_err_lookup ignores it).
   */
  private static Verdict heard(Verdict verdict, List<Step> backwards) {
    boolean tunnelled =
        verdict == Verdict.REJECTED && !Headers.isPlain(backwards.getFirst().packet());
    if (!tunnelled) {
      return verdict;
    }
    return switch (TunnelErrors.of(backwards)) {
      case NEVER -> Verdict.DROPPED;
      case RELAYED -> Verdict.REJECTED;
      case UNKNOWN -> Verdict.UNDETERMINED;
    };
  }

  /** The branch that ends here because something isn't in the state. */
  List<Branch> undetermined(Assumption missing) {
    return assuming(missing).end(Verdict.UNDETERMINED, missing.text());
  }
}
