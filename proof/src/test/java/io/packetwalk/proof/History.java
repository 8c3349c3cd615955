package io.packetwalk.proof;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Ethernet;
import java.util.Optional;

/**
 * What earlier probes left behind that a state listed before them can't show, and that a single
 * walk doesn't know.
 */
record History(Truth truth, Truth.Probe probe) {
  /** The result, undetermined instead of wrong where earlier probes explain the difference. */
  Comparison.Result excuse(Comparison.Result result) {
    if (isUntold(result) && probe.address().isIpv4() && wasToldBefore()) {
      return undetermined("ICMP errors are limited to one a second: " + result.detail());
    }
    if (result.detail().contains("or answers for it") && wasNeighbourLearnt()) {
      return undetermined("an earlier probe made the neighbour known: " + result.detail());
    }
    return result;
  }

  private static boolean isUntold(Comparison.Result result) {
    return result.detail().startsWith("REJECTED") && result.detail().endsWith("nobody was told");
  }

  private static Comparison.Result undetermined(String detail) {
    return new Comparison.Result(Comparison.Agreement.UNDETERMINED, detail);
  }

  /**
   * Whether the sender was told of an error before: each peer has a purse for them, which fills up
   * with one a second, and which any error of a type that isn't limited at the time empties
   * (inet_peer_xrlim_allow, ip_error; the latter's limit can't be set for one namespace).
   */
  private boolean wasToldBefore() {
    return truth.before(probe).stream()
        .filter(other -> other.from().equals(probe.from()))
        .anyMatch(other -> other.error().filter(error -> error.startsWith("icmp")).isPresent());
  }

  /**
   * Whether a frame of this probe went to an address that an earlier frame at the device was from.
   */
  private boolean wasNeighbourLearnt() {
    return probe.seen().stream()
        .anyMatch(now ->
            ethernet(now)
                .map(Ethernet::destination)
                .filter(neighbour -> wasHeard(now, neighbour))
                .isPresent());
  }

  private boolean wasHeard(Truth.Seen now, MacAddress neighbour) {
    return truth.before(probe).stream()
        .flatMap(other -> other.seen().stream())
        .filter(before -> before.where().equals(now.where()))
        .anyMatch(before -> ethernet(before).map(Ethernet::source).equals(Optional.of(neighbour)));
  }

  private static Optional<Ethernet> ethernet(Truth.Seen seen) {
    return new Decoder().decode(LinkType.ETHERNET, seen.headers(), 65535).packet().outermost()
            instanceof Ethernet link
        ? Optional.of(link)
        : Optional.empty();
  }
}
