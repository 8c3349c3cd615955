package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Vlan;
import java.util.ArrayList;
import java.util.List;

/** What actions do to the packet's fields and to its structure. */
final class FieldActions {
  /** As many labels as Open vSwitch keeps ({@code FLOW_MAX_MPLS_LABELS}). */
  private static final int MOST_LABELS = 3;

  private FieldActions() {}

  /** Sets a field that the packet has; one that it hasn't is left alone. */
  static void set(Pass pass, FlowAction.SetField set) {
    boolean tagged = (pass.number(FlowFields.VLAN_TCI) & PacketFields.VLAN_PRESENT) != 0;
    if (Prerequisites.hold(pass.words, set.field()) && (tagged || !isPriorityOnly(set))) {
      Bits old = pass.value(set.field());
      pass.set(set.field(), old.merged(set.value(), set.mask()));
    }
  }

  private static boolean isPriorityOnly(FlowAction.SetField set) {
    return set.field().equals(FlowFields.DL_VLAN_PCP);
  }

  /** Writes bits wherever the packet has the field. */
  static void write(Pass pass, SubField part, Bits value) {
    if (Prerequisites.hold(pass.words, part.field())) {
      Bits old = pass.value(part.field());
      pass.set(part.field(), old.merged(value.shiftedLeft(part.first()), part.mask()));
    }
  }

  static Bits read(Pass pass, SubField part) {
    return pass.value(part.field()).shiftedRight(part.first()).and(Bits.ones(part.width()));
  }

  static void move(Pass pass, FlowAction.Move move) {
    if (Prerequisites.hold(pass.words, move.from().field())) {
      write(pass, move.to(), read(pass, move.from()));
    }
  }

  /** Takes from the stack; nothing happens when it is empty. */
  static void pop(Pass pass, FlowAction.Pop pop) {
    if (!pass.stack.isEmpty()) {
      write(pass, pop.field(), pass.stack.pop());
    }
  }

  static void transport(Pass pass, FlowAction.SetTransportPort set) {
    if (Prerequisites.hasPorts(pass.words)) {
      pass.set(set.source() ? FlowFields.TP_SRC : FlowFields.TP_DST, set.port());
    }
  }

  static void pushVlan(Pass pass, int etherType) {
    Packet packet = pass.commit();
    if (!(packet.outermost() instanceof Ethernet ethernet)) {
      return;
    }
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.set(0, new Ethernet(ethernet.destination(), ethernet.source(), etherType));
    layers.add(1, new Vlan(0, false, 0, ethernet.etherType()));
    pass.packet = new Packet(layers);
    pass.set(FlowFields.VLAN_TCI, PacketFields.VLAN_PRESENT);
    pass.tags++;
  }

  static void popVlan(Pass pass) {
    Packet packet = pass.commit();
    boolean there = pass.tags > 0 && packet.layers().size() > 1;
    if (!there
        || !(packet.outermost() instanceof Ethernet ethernet)
        || !(packet.layers().get(1) instanceof Vlan vlan)) {
      return;
    }
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.remove(1);
    layers.set(0, new Ethernet(ethernet.destination(), ethernet.source(), vlan.etherType()));
    pass.packet = new Packet(layers);
    pass.tags--;
    boolean another = pass.tags > 0 && layers.size() > 1 && layers.get(1) instanceof Vlan;
    pass.set(
        FlowFields.VLAN_TCI,
        another && layers.get(1) instanceof Vlan next ? PacketFields.control(next) : 0);
  }

  /**
   * A new label has the values of the one below it, or those that the IP header suggests.
   *
   * @return whether there was room for one
   */
  static boolean pushMpls(Pass pass, int etherType) {
    Packet packet = pass.commit();
    int at = labelsAt(packet);
    long labels = packet.layers().stream().filter(Mpls.class::isInstance).count();
    if (Prerequisites.isMpls(pass.words) && labels >= MOST_LABELS) {
      return false;
    }
    List<Layer> layers = new ArrayList<>(packet.layers());
    Mpls label =
        Prerequisites.isMpls(pass.words) && at < layers.size() && layers.get(at) instanceof Mpls old
            ? new Mpls(old.label(), old.trafficClass(), false, old.ttl())
            : first(pass);
    layers.add(at, label);
    retype(layers, at, etherType);
    pass.packet = new Packet(layers);
    PacketFields.extract(pass.packet, pass.words, pass.tags);
    return true;
  }

  private static Mpls first(Pass pass) {
    boolean ip = Prerequisites.isIp(pass.words);
    int label = pass.number(FlowFields.ETH_TYPE) == EtherType.IPV6 ? 2 : 0;
    int ttl = ip ? pass.number(FlowFields.NW_TTL) : 0;
    int trafficClass = ip ? pass.number(FlowFields.IP_DSCP) & 7 : 0;
    return new Mpls(label, trafficClass, true, ttl == 0 ? 64 : ttl);
  }

  static void popMpls(Pass pass, int etherType) {
    Packet packet = pass.commit();
    int at = labelsAt(packet);
    boolean there =
        Prerequisites.isMpls(pass.words)
            && at < packet.layers().size()
            && packet.layers().get(at) instanceof Mpls;
    if (!there) {
      return;
    }
    List<Layer> layers = new ArrayList<>(packet.layers());
    layers.remove(at);
    retype(layers, at, etherType);
    pass.packet = new Packet(layers);
    PacketFields.extract(pass.packet, pass.words, pass.tags);
  }

  /** Where labels stand: behind the tags. */
  private static int labelsAt(Packet packet) {
    int at = 1;
    while (at < packet.layers().size() && packet.layers().get(at) instanceof Vlan) {
      at++;
    }
    return Math.min(at, packet.layers().size());
  }

  /** Another EtherType in the header before this place. */
  private static void retype(List<Layer> layers, int at, int etherType) {
    switch (layers.get(at - 1)) {
      case Ethernet ethernet ->
          layers.set(at - 1, new Ethernet(ethernet.destination(), ethernet.source(), etherType));
      case Vlan vlan ->
          layers.set(
              at - 1, new Vlan(vlan.priority(), vlan.dropEligible(), vlan.identifier(), etherType));
      default -> {
        // Only these two stand before a label.
      }
    }
  }

  /** Whether the packet may go on. */
  static boolean decrementTtl(Pass pass) {
    if (!Prerequisites.isIp(pass.words)) {
      return true;
    }
    return decrement(pass, FlowFields.NW_TTL);
  }

  static boolean decrementMplsTtl(Pass pass) {
    return !Prerequisites.isMpls(pass.words) || decrement(pass, FlowFields.MPLS_TTL);
  }

  private static boolean decrement(Pass pass, FlowField field) {
    int ttl = pass.number(field);
    if (ttl <= 1) {
      return false;
    }
    pass.set(field, ttl - 1);
    return true;
  }

  /** Exchanges the packet's tuple with that of its connection's original direction. */
  static void swapTuple(Pass pass) {
    swap(pass, FlowFields.NW_PROTO, FlowFields.CT_NW_PROTO);
    swap(pass, FlowFields.TP_SRC, FlowFields.CT_TP_SRC);
    swap(pass, FlowFields.TP_DST, FlowFields.CT_TP_DST);
    if (pass.number(FlowFields.ETH_TYPE) == EtherType.IPV4) {
      swap(pass, FlowFields.NW_SRC, FlowFields.CT_NW_SRC);
      swap(pass, FlowFields.NW_DST, FlowFields.CT_NW_DST);
    } else {
      swap(pass, FlowFields.IPV6_SRC, FlowFields.CT_IPV6_SRC);
      swap(pass, FlowFields.IPV6_DST, FlowFields.CT_IPV6_DST);
    }
  }

  private static void swap(Pass pass, FlowField one, FlowField other) {
    Bits value = pass.value(one);
    pass.set(one, pass.value(other));
    pass.set(other, value);
  }
}
