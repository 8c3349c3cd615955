package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A packet on its way through a switch's tables, between two visits to the connection tracker. */
final class Pass {
  final SwitchTables tables;
  long[] words;
  Packet packet;

  /** How many VLAN tags of the packet its vector knows. */
  int tags;

  Deque<Bits> stack;
  List<FlowAction> actionSet;

  /** The flow that wrote into the action set last. */
  Optional<Flow> writer = Optional.empty();

  int depth;

  /** How many of the learned flows were there when the pass began. */
  int learned;

  /** Whether it has come from the connection tracker, and nothing has cleared that since. */
  boolean tracked;

  /** Whether everything from here on is left out: {@code exit}, an expired TTL. */
  boolean exit;

  Pass(SwitchTables tables, long[] words, Packet packet, int tags) {
    this.tables = tables;
    this.words = words;
    this.packet = packet;
    this.tags = tags;
    this.stack = new ArrayDeque<>();
    this.actionSet = new ArrayList<>();
  }

  /** The same packet, for a copy of it that goes its own way. */
  Pass fork() {
    Pass fork = new Pass(tables, words.clone(), packet, tags);
    fork.stack = new ArrayDeque<>(stack);
    fork.actionSet = new ArrayList<>(actionSet);
    fork.writer = writer;
    fork.learned = learned;
    fork.tracked = tracked;
    return fork;
  }

  /** The same packet at the same place, for another branch. */
  Pass copy() {
    Pass copy = fork();
    copy.depth = depth;
    copy.exit = exit;
    return copy;
  }

  /**
   * Keeps what Open vSwitch doesn't take back behind a bucket: the stack, the action set, and
   * whether there is tracking to be cleared ({@code xlate_group_bucket}).
   */
  void keep(Pass bucket) {
    stack = bucket.stack;
    actionSet = bucket.actionSet;
    writer = bucket.writer;
    tracked = bucket.tracked;
  }

  /** The packet in another switch, which it came into by a patch port. */
  Pass inside(SwitchTables other) {
    Pass inside = new Pass(other, words.clone(), packet, tags);
    inside.depth = depth + 1;
    inside.learned = learned;
    return inside;
  }

  Bits value(FlowField field) {
    return Vector.read(words, field);
  }

  int number(FlowField field) {
    return (int) Vector.read(words, field).low();
  }

  void set(FlowField field, Bits value) {
    Vector.write(words, field, value);
    int option = FlowFields.tunnelMetadataIndex(field);
    if (option >= 0) {
      Vector.write(words, FlowFields.tunnelMetadataPresent(option), Bits.of(1));
    }
  }

  /** Takes a field's value away, and a tunnel's option with it. */
  void delete(FlowField field) {
    Vector.write(words, field, Bits.ZERO);
    int option = FlowFields.tunnelMetadataIndex(field);
    if (option >= 0) {
      Vector.write(words, FlowFields.tunnelMetadataPresent(option), Bits.ZERO);
    }
  }

  void set(FlowField field, long value) {
    Vector.write(words, field, Bits.of(value));
  }

  FlowState state() {
    return new FlowState(words);
  }

  /** Writes what the vector says into the packet. */
  Packet commit() {
    packet = PacketRewrite.commit(packet, words, tags);
    if ((number(FlowFields.VLAN_TCI) & PacketFields.VLAN_PRESENT) == 0) {
      tags = Math.max(0, tags - 1);
    } else {
      tags = Math.max(1, tags);
    }
    return packet;
  }

  void clearTracking() {
    tracked = false;
    set(FlowFields.CT_STATE, 0);
    set(FlowFields.CT_MARK, 0);
    set(FlowFields.CT_LABEL, Bits.ZERO);
    set(FlowFields.CT_NW_SRC, 0);
    set(FlowFields.CT_NW_DST, 0);
    set(FlowFields.CT_IPV6_SRC, Bits.ZERO);
    set(FlowFields.CT_IPV6_DST, Bits.ZERO);
    set(FlowFields.CT_ZONE, 0);
    set(FlowFields.CT_TP_SRC, 0);
    set(FlowFields.CT_TP_DST, 0);
    set(FlowFields.CT_NW_PROTO, 0);
  }
}
