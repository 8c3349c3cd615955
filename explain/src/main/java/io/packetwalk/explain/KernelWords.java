package io.packetwalk.explain;

import io.packetwalk.capture.tap.KernelDrop;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Way;
import io.packetwalk.walk.Stage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a kernel said when it threw away the packet that was last seen at one of its devices. */
final class KernelWords {
  /** How long a packet waits for its next hop's address, in nanoseconds. */
  private static final long RESOLUTION = 4_000_000_000L;

  /** What a packet otherwise takes at most from a device to where it is thrown away. */
  private static final long USUAL = 20_000_000;

  /** What the two clocks of a kernel, for captures and for traces, may be apart. */
  private static final long SLACK = 2_000_000;

  private static final int LINK_HEADER = 14;

  private KernelWords() {}

  /** The drop that fits the last sighting alone, by device, size and time. */
  static Optional<KernelDrop> of(Comparison comparison, Way way) {
    Optional<Hop> last = way.lastHop();
    // What was seen to go out of a device is in the hands of whoever is behind it.
    boolean cameIn = last.filter(hop -> hop.step().stage() == Stage.INGRESS).isPresent();
    if (!cameIn || !(last.get().sight() instanceof Sight.There there)) {
      return Optional.empty();
    }
    Seen seen = there.seen();
    List<KernelDrop> fitting =
        comparison.taps().drops().stream()
            .filter(drop -> drop.node().equals(last.get().step().place().node()))
            .filter(drop -> drop.device().equals(last.get().step().device()))
            .filter(
                drop -> drop.length() == seen.size() || drop.length() == seen.size() - LINK_HEADER)
            .filter(drop -> drop.nanoseconds() >= seen.stamp() - SLACK)
            .filter(drop -> drop.nanoseconds() <= seen.stamp() + patience(drop))
            .toList();
    boolean agree = fitting.stream().map(KernelWords::words).distinct().count() == 1;
    return fitting.stream()
        .filter(_ -> agree)
        .min(Comparator.comparingLong(drop -> Math.abs(drop.nanoseconds() - seen.stamp())));
  }

  private static long patience(KernelDrop drop) {
    return drop.location().contains("neigh") || drop.reason().startsWith("NEIGH")
        ? RESOLUTION
        : USUAL;
  }

  /** {@code NETFILTER_DROP in nft_do_chain}. */
  static String words(KernelDrop drop) {
    String function = drop.location().replaceAll("\\+0x.*", "");
    return (drop.reason().isEmpty() ? "no reason" : drop.reason()) + " in " + function;
  }

  /** As evidence. */
  static String sentence(KernelDrop drop) {
    return "%s's kernel threw away a packet of that size which had last passed %s: %s"
        .formatted(drop.node(), drop.device(), words(drop));
  }
}
