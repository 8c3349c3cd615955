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
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes the flow that a {@code learn} action adds. Look-ups see it from the packet's next pass on:
 * Open vSwitch looks a whole pass up in the tables as they were when it began.
 */
final class Learning {
  private final Journey journey;

  Learning(Journey journey) {
    this.journey = journey;
  }

  void run(Pass pass, FlowAction.Learn learn, TableId table, Flow flow) {
    List<FlowMatch.Condition> conditions = new ArrayList<>();
    learn.match().forEach(part -> conditions.add(condition(pass, part)));
    List<FlowAction> actions = new ArrayList<>();
    learn.actions().forEach(part -> actions.add(action(pass, part)));
    TableId target = pass.tables.canonical(learn.table());
    Flow learned =
        new Flow(
            target,
            learn.priority(),
            learn.cookie(),
            new FlowMatch(conditions),
            actions,
            OptionalLong.empty(),
            flow.source());
    journey.learned.add(learned);
    journey.step(
        pass,
        SwitchStep.Kind.LEARN,
        Optional.of(table),
        Optional.of(flow),
        "learns a flow of table %s: %s".formatted(target, Wording.actions(actions)),
        List.of(flow.source()));
  }

  private static Bits value(Pass pass, SubField part) {
    return pass.value(part.field()).shiftedRight(part.first()).and(Bits.ones(part.width()));
  }

  private static FlowMatch.Condition condition(Pass pass, FlowAction.Learned part) {
    return switch (part) {
      case FlowAction.Learned.FromField(SubField from, SubField to) ->
          masked(to, value(pass, from));
      case FlowAction.Learned.Immediate(Bits value, SubField to) -> masked(to, value);
      case FlowAction.Learned.OutputOf(SubField from) -> new FlowMatch.Unknown("output:" + from);
    };
  }

  private static FlowMatch.Condition masked(SubField to, Bits value) {
    return new FlowMatch.Masked(to.field(), value.shiftedLeft(to.first()), to.mask());
  }

  private static FlowAction action(Pass pass, FlowAction.Learned part) {
    return switch (part) {
      case FlowAction.Learned.FromField(SubField from, SubField to) -> load(to, value(pass, from));
      case FlowAction.Learned.Immediate(Bits value, SubField to) -> load(to, value);
      case FlowAction.Learned.OutputOf(SubField from) ->
          FlowAction.Output.to(PortId.of((int) value(pass, from).low()));
    };
  }

  private static FlowAction load(SubField to, Bits value) {
    return new FlowAction.SetField(to.field(), value.shiftedLeft(to.first()), to.mask());
  }
}
