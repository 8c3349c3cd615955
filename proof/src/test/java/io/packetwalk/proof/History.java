package io.packetwalk.proof;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Ethernet;
import java.util.List;
import java.util.Optional;

/**
 * What earlier probes left behind that a state listed before them can't show, and that a single
 * walk doesn't know.
 */
record History(Truth truth, Truth.Probe probe) {
  /** icmp_ratelimit: a peer gets six errors at once, then one a second (XRLIM_BURST_FACTOR). */
  private static final int ERRORS_AT_ONCE = 6;

  /** The result, undetermined instead of wrong where earlier probes explain the difference. */
  Comparison.Result excuse(Comparison.Result result) {
    if (isUntold(result) && errorsBefore() >= ERRORS_AT_ONCE - 1) {
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

  private List<Truth.Probe> earlier() {
    return truth.probes().stream().filter(other -> other.id() < probe.id()).toList();
  }

  private long errorsBefore() {
    return earlier().stream()
        .filter(other -> other.error().filter(error -> error.startsWith("icmp")).isPresent())
        .count();
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
    return earlier().stream()
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
