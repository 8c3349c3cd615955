package io.packetwalk.walk.topology;

import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.NetworkNamespace;
import java.util.Optional;
import java.util.OptionalInt;

/** A flooded frame at a bridge, in a VLAN of it where the bridge keeps VLANs apart. */
final class SegmentBridge {
  private final SegmentSearch search;
  private final NetworkNamespace here;
  private final String bridge;
  private final Optional<String> from;
  private final int tag;
  private final OptionalInt vlan;

  /**
   * @param from the port by which the frame came in; empty where the bridge's own stack sends it
   * @param tag the VLAN's identifier in the frame, {@link VlanFilter#UNTAGGED} without one
   * @param vlan the VLAN in which the frame is; empty where the bridge doesn't keep VLANs apart
   */
  SegmentBridge(
      SegmentSearch search,
      NetworkNamespace here,
      String bridge,
      Optional<String> from,
      int tag,
      OptionalInt vlan) {
    this.search = search;
    this.here = here;
    this.bridge = bridge;
    this.from = from;
    this.tag = tag;
    this.vlan = vlan;
  }

  /** To the bridge's own stack, if the frame came in by a port, and out of the other ports. */
  void spread(SegmentWay way) {
    SegmentWay back = from.map(port -> way.heardBack(returnsBy(port))).orElse(way);
    if (from.isPresent()) {
      SegmentWay crossed = crossing(back, Optional.empty());
      exitTag(bridge).ifPresent(own -> up(own, crossed.heardBack(comesBack(bridge, own))));
    }
    flood(back);
  }

  /** The tag with which a port sends the frame; empty where it doesn't take it. */
  private OptionalInt exitTag(String port) {
    if (vlan.isEmpty()) {
      return OptionalInt.of(tag);
    }
    VlanFilter.Exit exit = new VlanFilter(here, bridge).out(port, vlan.getAsInt());
    return exit.member() ? OptionalInt.of(exit.tag()) : OptionalInt.empty();
  }

  /**
   * Whether what answers with the same tag is in the same VLAN, and leaves as the question came:
   * one that comes back with another tag isn't heard.
   */
  private boolean comesBack(String port, int answered) {
    if (vlan.isEmpty()) {
      return true;
    }
    VlanFilter filter = new VlanFilter(here, bridge);
    VlanFilter.Exit exit = filter.out(from.orElse(bridge), vlan.getAsInt());
    return filter.in(port, answered) instanceof VlanFilter.Within within
        && within.vlan() == vlan.getAsInt()
        && exit.member()
        && exit.tag() == tag;
  }

  /** Into the stack of the bridge's namespace, or what stands on the bridge. */
  private void up(int own, SegmentWay way) {
    Optional<Uppers.Place> tagged = search.world().uppers().taking(here.id(), bridge, own);
    if (tagged.isPresent()) {
      search.in(tagged.get().namespace(), tagged.get().device(), VlanFilter.UNTAGGED, way);
    } else if (own == VlanFilter.UNTAGGED) {
      search.found(way.endpoint(here.id(), bridge));
    }
    for (Uppers.Place upper : search.world().uppers().above(here.id(), bridge)) {
      search.in(upper.namespace(), upper.device(), own, way);
    }
  }

  /** Whether the bridge sends what is for the sender out of the port that the sender is behind. */
  private boolean returnsBy(String port) {
    Optional<FdbEntry> entry = Bridges.entry(here, bridge, search.sender(), vlan);
    boolean learns = Bridges.setting(here, port, "learning");
    if (entry.isPresent() && !(learns && Bridges.mayMove(entry.get()))) {
      return entry.get().device().equals(port);
    }
    return learns || Bridges.isFlooded(here, port, Segment.Flood.UNKNOWN_UNICAST.setting());
  }

  private void flood(SegmentWay way) {
    if (!Bridges.arePortsKnown(here)) {
      search.leavesTheState();
    }
    for (String port : Bridges.portsOf(here, bridge)) {
      OptionalInt leaving = exitTag(port);
      if (isOpen(port) && leaving.isPresent()) {
        boolean back = comesBack(port, leaving.getAsInt());
        SegmentWay crossed = crossing(way, Optional.of(port)).heardBack(back);
        search.out(here.id(), port, leaving.getAsInt(), crossed);
      }
    }
  }

  private SegmentWay crossing(SegmentWay way, Optional<String> to) {
    return way.crossing(new Segment.Crossing(here.id(), bridge, from, to));
  }

  private boolean isOpen(String port) {
    boolean isolated = isIsolated(port) && from.filter(this::isIsolated).isPresent();
    return !from.equals(Optional.of(port))
        && Bridges.forwards(here, port)
        && isFlooded(port)
        && !isolated;
  }

  /** What the bridge's own stack sends to many goes out of every port (br_flood). */
  private boolean isFlooded(String port) {
    boolean own = from.isEmpty() && search.flood() != Segment.Flood.UNKNOWN_UNICAST;
    return own
        ? !Bridges.answersArp(here, port)
        : Bridges.isFlooded(here, port, search.flood().setting());
  }

  private boolean isIsolated(String port) {
    return Bridges.port(here, port).flatMap(known -> known.setting("isolated")).orElse(false);
  }
}
