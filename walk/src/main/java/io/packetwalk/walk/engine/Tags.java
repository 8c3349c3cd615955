package io.packetwalk.walk.engine;

import io.packetwalk.walk.topology.VlanFilter;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Vlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts 802.1Q tags on frames and takes them off. */
final class Tags {
  private Tags() {}

  /** The outermost tag of a frame. */
  static Optional<Vlan> of(Packet frame) {
    return frame.layers().size() > 1 && frame.layers().get(1) instanceof Vlan tag
        ? Optional.of(tag)
        : Optional.empty();
  }

  /** Its identifier; {@link VlanFilter#UNTAGGED} without a tag. */
  static int identifier(Packet frame) {
    return of(frame).map(Vlan::identifier).orElse(VlanFilter.UNTAGGED);
  }

  /** Whether the outermost tag is another than 802.1Q's, as a provider's is (802.1ad). */
  static boolean isOfOtherKind(Packet frame) {
    return of(frame).isPresent()
        && frame.outermost() instanceof Ethernet link
        && link.etherType() != EtherType.VLAN;
  }

  /** The frame with one tag more. */
  static Packet push(Packet frame, int identifier) {
    return tagged(frame, 0, identifier);
  }

  private static Packet tagged(Packet frame, int priority, int identifier) {
    if (!(frame.outermost() instanceof Ethernet link)) {
      return frame;
    }
    List<Layer> layers = new ArrayList<>(frame.layers());
    layers.set(0, new Ethernet(link.destination(), link.source(), EtherType.VLAN));
    layers.add(1, new Vlan(priority, false, identifier, link.etherType()));
    return new Packet(layers);
  }

  /** The frame without its outermost tag. */
  static Packet pop(Packet frame) {
    Optional<Vlan> tag = of(frame);
    return tag.isPresent() && frame.outermost() instanceof Ethernet link
        ? frame
            .without(2)
            .within(new Ethernet(link.destination(), link.source(), tag.get().etherType()))
        : frame;
  }

  /** The frame with this tag as its outermost, or with none. */
  static Packet with(Packet frame, int identifier) {
    int priority = of(frame).map(Vlan::priority).orElse(0);
    Packet bare = pop(frame);
    return identifier == VlanFilter.UNTAGGED ? bare : tagged(bare, priority, identifier);
  }
}
