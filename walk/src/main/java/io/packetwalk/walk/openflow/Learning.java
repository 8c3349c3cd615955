package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes the flow that a {@code learn} action adds. Look-ups see it from the packet's next pass on:
 * Open vSwitch looks a whole pass up in the tables as they were when it began.
 */
final class Learning {
  private Learning() {}

  static void run(Site at, FlowAction.Learn learn) {
    Pass pass = at.pass();
    List<FlowMatch.Condition> conditions = new ArrayList<>();
    learn.match().forEach(part -> conditions.add(condition(pass, part)));
    List<FlowAction> actions = new ArrayList<>();
    learn.actions().forEach(part -> actions.add(action(pass, part)));
    TableId target = pass.tables.canonical(learn.table());
    if (learn.options().stream().anyMatch(option -> option.startsWith("limit="))) {
      at.giveUp("how many flows table %s has of those that are limited".formatted(target));
      return;
    }
    result(pass, learn);
    Flow learned =
        new Flow(
            target,
            learn.priority(),
            learn.cookie(),
            new FlowMatch(conditions),
            actions,
            OptionalLong.empty(),
            at.flow().source());
    at.journey().learned.add(learned);
    at.step(
        SwitchStep.Kind.LEARN,
        "learns a flow of table %s: %s".formatted(target, Wording.actions(actions)));
  }

  /** {@code result_dst}: a bit that says whether the flow was added. */
  private static void result(Pass pass, FlowAction.Learn learn) {
    learn.result().ifPresent(bit -> FieldActions.write(pass, bit, Bits.of(1)));
  }

  private static FlowMatch.Condition condition(Pass pass, FlowAction.Learned part) {
    return switch (part) {
      case FlowAction.Learned.FromField(SubField from, SubField to) ->
          masked(to, FieldActions.read(pass, from));
      case FlowAction.Learned.Immediate(Bits value, SubField to) -> masked(to, value);
      case FlowAction.Learned.OutputOf(SubField from) -> new FlowMatch.Unknown("output:" + from);
    };
  }

  private static FlowMatch.Condition masked(SubField to, Bits value) {
    return new FlowMatch.Masked(to.field(), value.shiftedLeft(to.first()), to.mask());
  }

  private static FlowAction action(Pass pass, FlowAction.Learned part) {
    return switch (part) {
      case FlowAction.Learned.FromField(SubField from, SubField to) ->
          load(to, FieldActions.read(pass, from));
      case FlowAction.Learned.Immediate(Bits value, SubField to) -> load(to, value);
      case FlowAction.Learned.OutputOf(SubField from) ->
          FlowAction.Output.to(PortId.of((int) FieldActions.read(pass, from).low()));
    };
  }

  private static FlowAction load(SubField to, Bits value) {
    return new FlowAction.SetField(to.field(), value.shiftedLeft(to.first()), to.mask());
  }
}
