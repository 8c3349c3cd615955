package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import java.util.List;
import java.util.stream.Collectors;

/** Flows and actions as a step says them. */
final class Wording {
  private static final int MOST = 8;

  private Wording() {}

  static String position(Flow flow) {
    return "the flow at " + flow.source().position();
  }

  /** The conditions that nobody understands. */
  static String unknown(Flow flow) {
    return flow.match().conditions().stream()
        .filter(FlowMatch.Unknown.class::isInstance)
        .map(condition -> ((FlowMatch.Unknown) condition).text())
        .collect(Collectors.joining(", "));
  }

  static String actions(List<FlowAction> actions) {
    if (actions.isEmpty()) {
      return "drop";
    }
    String text =
        actions.stream().limit(MOST).map(Wording::action).collect(Collectors.joining(", "));
    return actions.size() > MOST ? text + ", …" : text;
  }

  static String action(FlowAction action) {
    return switch (action) {
      case FlowAction.Output output -> "output to " + output.port();
      case FlowAction.OutputField output -> "output to the port in " + output.field();
      case FlowAction.Enqueue enqueue -> "output to " + enqueue.port();
      case FlowAction.Controller ignored -> "to the controller";
      case FlowAction.ToGroup group -> "group " + group.group();
      case FlowAction.Resubmit resubmit ->
          resubmit.table().map(table -> "resubmit to table " + table).orElse("resubmit");
      case FlowAction.GotoTable go -> "go to table " + go.table();
      case FlowAction.SetField set -> "set %s to %s".formatted(set.field(), value(set));
      case FlowAction.SetPort set -> "set %s to %s".formatted(set.field(), set.port());
      case FlowAction.SetTransportPort set ->
          "set the %s port to %d".formatted(set.source() ? "source" : "destination", set.port());
      case FlowAction.Move move -> "copy %s to %s".formatted(move.from(), move.to());
      case FlowAction.Push push -> "push " + push.field();
      case FlowAction.Pop pop -> "pop " + pop.field();
      case FlowAction.DeleteField delete -> "delete " + delete.field();
      case FlowAction.PushVlan ignored -> "push a VLAN tag";
      case FlowAction.PopVlan ignored -> "pop the VLAN tag";
      case FlowAction.PushMpls ignored -> "push an MPLS label";
      case FlowAction.PopMpls ignored -> "pop the MPLS label";
      case FlowAction.DecrementTtl ignored -> "decrement the TTL";
      case FlowAction.DecrementMplsTtl ignored -> "decrement the MPLS TTL";
      case FlowAction.Track track -> track(track);
      case FlowAction.ClearTracking ignored -> "forget the connection";
      case FlowAction.Learn learn -> "learn a flow of table " + learn.table();
      case FlowAction.Conjunction conjunction ->
          "clause %d of %d of conjunction %d"
              .formatted(conjunction.clause(), conjunction.clauses(), conjunction.id());
      case FlowAction.Clone clone -> "with a copy: " + actions(clone.actions());
      case FlowAction.WriteActions write -> "at the end: " + actions(write.actions());
      case FlowAction.ClearActions ignored -> "clear the action set";
      case FlowAction.Meter meter -> "meter " + meter.meter();
      case FlowAction.CheckPacketLarger check ->
          "note in %s whether it is larger than %d bytes".formatted(check.bit(), check.size());
      case FlowAction.Multipath multipath ->
          "choose one of %d links into %s".formatted(multipath.links(), multipath.to());
      case FlowAction.Bundle bundle -> "choose one of the ports " + bundle.members();
      case FlowAction.Exit ignored -> "exit";
      case FlowAction.Aside aside -> aside.text();
      case FlowAction.Unknown unknown -> unknown.text() + " (not understood)";
    };
  }

  private static String value(FlowAction.SetField set) {
    boolean whole = set.mask().equals(set.field().ones());
    return whole ? FieldValue.text(set.field(), set.value()) : set.value() + "/" + set.mask();
  }

  private static String track(FlowAction.Track track) {
    String table = track.table().map(id -> ", on in table " + id).orElse("");
    String zone =
        switch (track.zone()) {
          case FlowAction.Zone.Fixed(int number) -> Integer.toString(number);
          case FlowAction.Zone.FromField from -> "in " + from.field();
        };
    return "%s in zone %s%s".formatted(track.commit() ? "commit" : "track", zone, table);
  }
}
