package io.packetwalk.explain;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Difference;
import io.packetwalk.correlate.Ending;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the last sighting of a packet that died says about why: headers that are wrong already, or
 * sizes.
 */
final class Suspicions {
  private Suspicions() {}

  static Optional<Finding> of(
      Comparison comparison, Way way, Hop last, Packet seen, List<String> evidence) {
    return wrongChecksum(last, evidence)
        .or(() -> wrongMac(last, seen, evidence))
        .or(() -> tooLarge(comparison, way, last, seen, evidence));
  }

  private static Optional<Finding> wrongChecksum(Hop last, List<String> evidence) {
    if (!(last.sight() instanceof Sight.There there)) {
      return Optional.empty();
    }
    return there.differences().stream()
        .filter(difference -> difference.field() == Difference.Field.CHECKSUM)
        .findFirst()
        .map(difference ->
            new Finding(
                false,
                "its %s checksum is wrong, so that the receiver drops it"
                    .formatted(difference.header()),
                with(evidence, Changes.words(difference) + " at " + last.where()),
                List.of(),
                "checksum offload on a tunnel's device: ethtool -K %s tx-checksum-ip-generic off"
                    .formatted(last.step().device())));
  }

  private static List<String> with(List<String> evidence, String more) {
    List<String> all = new ArrayList<>(evidence);
    all.add(more);
    return all;
  }

  private static Optional<Finding> wrongMac(Hop last, Packet seen, List<String> evidence) {
    if (!(last.sight() instanceof Sight.There there)
        || !(seen.outermost() instanceof Ethernet ethernet)) {
      return Optional.empty();
    }
    return there.differences().stream()
        .filter(difference -> difference.header().equals("ethernet"))
        .filter(difference -> difference.field() == Difference.Field.MAC_DESTINATION)
        .findFirst()
        .map(difference ->
            new Finding(
                false,
                "it was sent to %s, which isn't the MAC address of the next hop"
                    .formatted(ethernet.destination()),
                with(evidence, Changes.words(difference)),
                List.of(),
                "a stale neighbour entry: on %s: ip neigh show dev %s"
                    .formatted(last.step().place(), last.step().device())));
  }

  /** Larger ones die where smaller ones of the same way pass. */
  private static Optional<Finding> tooLarge(
      Comparison comparison, Way way, Hop last, Packet seen, List<String> evidence) {
    Optional<Ipv4> ip = seen.first(Ipv4.class);
    int size = size(way);
    boolean forbidden = ip.filter(header -> (header.flags() & Ipv4.DONT_FRAGMENT) != 0).isPresent();
    List<Way> others =
        comparison.requests().stream().filter(other -> other.ending() == Ending.ARRIVED).toList();
    int largest = others.stream().mapToInt(Suspicions::size).max().orElse(0);
    boolean fits = forbidden && largest > 0 && largest < size && size > 1000;
    return fits
        ? Optional.of(
            new Finding(
                false,
                "it is too large for the path, and may not be fragmented",
                with(
                    evidence,
                    "packets of up to %d bytes arrived; this one has %d".formatted(largest, size)),
                List.of(),
                "compare the MTU of %s with that of the path: ping -M do -s SIZE between the nodes"
                    .formatted(last.step().device())))
        : Optional.empty();
  }

  private static int size(Way way) {
    Seen last = way.trajectory().last();
    return last.length();
  }
}
