package io.packetwalk.model.openflow;

import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a flow does with a packet that it matched: one of its actions, in order. */
public sealed interface FlowAction {
  /**
   * Sends a copy out of a port.
   *
   * @param length the copy is cut to this many bytes
   */
  record Output(PortId port, OptionalInt length) implements FlowAction {
    public static Output to(PortId port) {
      return new Output(port, OptionalInt.empty());
    }
  }

  /** Sends a copy out of the port whose number stands in a field. */
  record OutputField(SubField field) implements FlowAction {}

  record Enqueue(PortId port, long queue) implements FlowAction {}

  /** Sends a copy to the controller; the packet goes on. */
  record Controller(String arguments) implements FlowAction {}

  record ToGroup(long group) implements FlowAction {}

  /**
   * Looks the packet up again, and comes back.
   *
   * @param port the port to look it up as coming from; empty for the one that it came from
   * @param table empty for the current one
   * @param tracked whether the tuple of the connection's original direction is looked up
   */
  record Resubmit(Optional<PortId> port, Optional<TableId> table, boolean tracked)
      implements FlowAction {}

  /** Looks the packet up in a later table when the flow's other instructions are done. */
  record GotoTable(TableId table) implements FlowAction {}

  /**
   * Writes the bits under the mask: {@code set_field}, {@code load}, {@code mod_…}.
   *
   * @param pushesVlan whether a packet without a VLAN tag gets one, as OpenFlow 1.0's actions do
   */
  record SetField(FlowField field, Bits value, Bits mask, boolean pushesVlan)
      implements FlowAction {
    public SetField {
      value = value.and(mask);
    }

    public SetField(FlowField field, Bits value, Bits mask) {
      this(field, value, mask, false);
    }
  }

  /** Writes a port's number, given by its name, into a field. */
  record SetPort(SubField field, String port) implements FlowAction {}

  /** {@code mod_tp_src}, {@code mod_tp_dst}: whatever transport it is. */
  record SetTransportPort(boolean source, int port) implements FlowAction {}

  record Move(SubField from, SubField to) implements FlowAction {}

  record Push(SubField field) implements FlowAction {}

  record Pop(SubField field) implements FlowAction {}

  record DeleteField(FlowField field) implements FlowAction {}

  record PushVlan(int etherType) implements FlowAction {}

  record PopVlan() implements FlowAction {}

  record PushMpls(int etherType) implements FlowAction {}

  record PopMpls(int etherType) implements FlowAction {}

  /** Takes one off the TTL; at 0 or 1 the flow's remaining actions aren't done. */
  record DecrementTtl() implements FlowAction {}

  record DecrementMplsTtl() implements FlowAction {}

  /**
   * Sends the packet through the connection tracker.
   *
   * @param zone of the tracker
   * @param table where a tracked copy goes on; the original goes on untracked behind this action
   * @param inside the actions on the connection ({@code exec})
   * @param arguments those that don't decide about the packet ({@code alg})
   */
  record Track(
      boolean commit,
      boolean force,
      Zone zone,
      Optional<TableId> table,
      Optional<Translation> translation,
      List<FlowAction> inside,
      List<String> arguments)
      implements FlowAction {
    public Track {
      inside = List.copyOf(inside);
      arguments = List.copyOf(arguments);
    }
  }

  /** A zone of the connection tracker. */
  sealed interface Zone {
    record Fixed(int number) implements Zone {}

    record FromField(SubField field) implements Zone {}
  }

  /**
   * {@code nat(src=10.0.0.1-10.0.0.9:1024-65535,random)}; without a range, what the connection has.
   *
   * @param source whether the source is translated; empty for {@code nat} alone
   */
  record Translation(
      Optional<Boolean> source,
      Optional<IpAddress> first,
      Optional<IpAddress> last,
      OptionalInt firstPort,
      OptionalInt lastPort,
      List<String> options) {
    public Translation {
      options = List.copyOf(options);
    }
  }

  record ClearTracking() implements FlowAction {}

  /**
   * Adds a flow made of the packet.
   *
   * @param match the conditions that the new flow will have
   * @param actions what it will do
   * @param result the bit that tells whether the flow was added
   * @param options timeouts, flags and others, as written
   */
  record Learn(
      TableId table,
      int priority,
      long cookie,
      List<Learned> match,
      List<Learned> actions,
      Optional<SubField> result,
      List<String> options)
      implements FlowAction {
    public Learn {
      match = List.copyOf(match);
      actions = List.copyOf(actions);
      options = List.copyOf(options);
    }
  }

  /**
   * A part of a learned flow: a field's bits that are matched or loaded, and where they are from.
   */
  sealed interface Learned {
    /** To match, or to load into {@code to}: the bits of the packet that is there now. */
    record FromField(SubField from, SubField to) implements Learned {}

    record Immediate(Bits value, SubField to) implements Learned {}

    /** {@code output:FIELD}. */
    record OutputOf(SubField from) implements Learned {}
  }

  /**
   * One dimension of a conjunctive match.
   *
   * @param clause counted from 1
   */
  record Conjunction(long id, int clause, int clauses) implements FlowAction {}

  /** Actions on a copy: what they change isn't seen behind them. */
  record Clone(List<FlowAction> actions) implements FlowAction {
    public Clone {
      actions = List.copyOf(actions);
    }
  }

  /** Merges actions into the set that is done at the pipeline's end. */
  record WriteActions(List<FlowAction> actions) implements FlowAction {
    public WriteActions {
      actions = List.copyOf(actions);
    }
  }

  record ClearActions() implements FlowAction {}

  record Meter(long meter) implements FlowAction {}

  /** Sets a bit when the packet is larger than so many bytes. */
  record CheckPacketLarger(int size, SubField bit) implements FlowAction {}

  /** Writes the number of one of several links, chosen by a hash, into a field. */
  record Multipath(int links, SubField to, String text) implements FlowAction {}

  /**
   * Chooses one of several ports.
   *
   * @param to the field that gets the port's number; empty when the packet is sent there
   * @param byHash whether a hash chooses; otherwise the first that is up
   */
  record Bundle(boolean byHash, List<PortId> members, Optional<SubField> to, String text)
      implements FlowAction {
    public Bundle {
      members = List.copyOf(members);
    }
  }

  /** Ends this table's actions and those of the tables that it was reached from. */
  record Exit() implements FlowAction {}

  /** Something that changes nothing about where a packet goes: queues, notes, samples, timeouts. */
  record Aside(String text) implements FlowAction {}

  /** Something that isn't understood, or not modelled: nothing can be said behind it. */
  record Unknown(String text) implements FlowAction {}
}
