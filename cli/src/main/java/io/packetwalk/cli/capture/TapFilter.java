package io.packetwalk.cli.capture;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * The pcap filter that shows a predicted packet and its answer at every device: before and after
 * each translation of addresses, and inside of tunnels by the tunnels' own ends. ARP, neighbour
 * discovery and ICMP errors are shown as well.
 */
public final class TapFilter {
  /** More pairs than these make a filter that is slower than it is worth. */
  private static final int MOST_PAIRS = 64;

  private final SequencedSet<String> pairs = new LinkedHashSet<>();

  private TapFilter() {}

  /** The filter for a walk; empty, which means everything, when it would be too long. */
  public static String of(Walk walk) {
    TapFilter filter = new TapFilter();
    filter.add(walk.forward());
    walk.reply().ifPresent(filter::add);
    if (filter.pairs.isEmpty() || filter.pairs.size() > MOST_PAIRS) {
      return "";
    }
    return "arp or icmp or icmp6 or " + String.join(" or ", filter.pairs);
  }

  private void add(Direction direction) {
    for (Branch branch : direction.branches()) {
      branch.steps().stream().filter(Step::isObservable).forEach(this::add);
    }
  }

  /** A filter sees the outermost addresses only. */
  private void add(Step step) {
    for (Layer layer : step.packet().layers()) {
      if (layer instanceof Ip ip) {
        IpAddress low =
            ip.source().compareTo(ip.destination()) < 0 ? ip.source() : ip.destination();
        IpAddress high = low.equals(ip.source()) ? ip.destination() : ip.source();
        pairs.add("(host " + low + " and host " + high + ")");
        return;
      }
    }
  }
}
