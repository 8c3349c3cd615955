package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.decode.Encoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Does a list of actions, one after the other (Open vSwitch, {@code do_xlate_actions}). */
final class Actions {
  private final SwitchEngine engine;
  private final Journey journey;
  private final Tables tables;

  Actions(SwitchEngine engine, Journey journey, Tables tables) {
    this.engine = engine;
    this.journey = journey;
    this.tables = tables;
  }

  void run(Pass pass, List<FlowAction> actions, TableId table, Flow flow) {
    for (FlowAction action : actions) {
      if (journey.isOver() || pass.exit || !act(pass, action, table, flow)) {
        return;
      }
    }
  }

  /** Whether the rest of the list is done. */
  private boolean act(Pass pass, FlowAction action, TableId table, Flow flow) {
    switch (action) {
      case FlowAction.Output output -> outputs().to(pass, output, table, flow);
      case FlowAction.OutputField output ->
          outputs().toNumber(pass, (int) part(pass, output.field()).low(), table, flow);
      case FlowAction.Enqueue enqueue ->
          outputs().to(pass, FlowAction.Output.to(enqueue.port()), table, flow);
      case FlowAction.Controller ignored -> controller(pass, table, flow, "an action says so");
      case FlowAction.ToGroup group ->
          new Groups(journey, this).run(pass, group.group(), table, flow);
      case FlowAction.Resubmit resubmit -> resubmit(pass, resubmit, table, flow);
      case FlowAction.GotoTable go ->
          tables.walk(pass, go.table(), Optional.of(table), pass.number(FlowFields.IN_PORT));
      case FlowAction.SetField set -> FieldActions.set(pass, set);
      case FlowAction.SetPort set ->
          FieldActions.write(
              pass,
              set.field(),
              Bits.of(Integer.toUnsignedLong(pass.tables.ports().number(set.port()))));
      case FlowAction.SetTransportPort set -> FieldActions.transport(pass, set);
      case FlowAction.Move move -> FieldActions.move(pass, move);
      case FlowAction.Push push -> pass.stack.push(part(pass, push.field()));
      case FlowAction.Pop pop -> pop(pass, pop);
      case FlowAction.DeleteField delete -> pass.set(delete.field(), Bits.ZERO);
      case FlowAction.PushVlan push -> FieldActions.pushVlan(pass, push.etherType());
      case FlowAction.PopVlan ignored -> FieldActions.popVlan(pass);
      case FlowAction.PushMpls push -> {
        if (!FieldActions.pushMpls(pass, push.etherType())) {
          journey.failBucket(pass, table, "more than three MPLS labels: the packet is dropped");
        }
      }
      case FlowAction.PopMpls pop -> FieldActions.popMpls(pass, pop.etherType());
      case FlowAction.DecrementTtl ignored -> {
        return FieldActions.decrementTtl(pass) || expired(pass, table, flow);
      }
      case FlowAction.DecrementMplsTtl ignored -> {
        return FieldActions.decrementMplsTtl(pass) || expired(pass, table, flow);
      }
      case FlowAction.Track track ->
          new TrackActions(engine, journey, this).run(pass, track, table, flow);
      case FlowAction.ClearTracking ignored -> pass.clearTracking();
      case FlowAction.Learn learn -> new Learning(journey).run(pass, learn, table, flow);
      case FlowAction.Clone clone -> cloned(pass, clone, table, flow);
      case FlowAction.WriteActions write -> {
        pass.actionSet.addAll(write.actions());
        pass.writer = Optional.of(flow);
      }
      case FlowAction.ClearActions ignored -> pass.actionSet.clear();
      case FlowAction.Meter meter -> meter(pass, meter, table, flow);
      case FlowAction.CheckPacketLarger check -> larger(pass, check);
      case FlowAction.Multipath multipath -> multipath(pass, multipath, table, flow);
      case FlowAction.Bundle bundle -> bundle(pass, bundle, table, flow);
      case FlowAction.Exit ignored -> pass.exit = true;
      case FlowAction.Conjunction ignored -> {
        // Has its effect in the look-up.
      }
      case FlowAction.Aside ignored -> {
        // Changes nothing about the packet's way.
      }
      case FlowAction.Unknown unknown ->
          journey.giveUp(
              pass,
              Optional.of(table),
              Optional.of(flow),
              "what %s does isn't known: %s isn't understood"
                  .formatted(Wording.position(flow), unknown.text()));
    }
    return true;
  }

  private Outputs outputs() {
    return new Outputs(engine, journey, this);
  }

  Tables tables() {
    return tables;
  }

  private static Bits part(Pass pass, SubField field) {
    return pass.value(field.field()).shiftedRight(field.first()).and(Bits.ones(field.width()));
  }

  /** Takes from the stack; nothing happens when it is empty. */
  private static void pop(Pass pass, FlowAction.Pop pop) {
    if (!pass.stack.isEmpty()) {
      FieldActions.write(pass, pop.field(), pass.stack.pop());
    }
  }

  void controller(Pass pass, TableId table, Flow flow, String reason) {
    journey.toController = true;
    journey.step(
        pass,
        SwitchStep.Kind.CONTROLLER,
        Optional.of(table),
        Optional.of(flow),
        "a copy goes to the controller: " + reason,
        List.of(flow.source()));
  }

  /** A packet whose TTL ends goes to the controller, and the flow's other actions aren't done. */
  private boolean expired(Pass pass, TableId table, Flow flow) {
    controller(pass, table, flow, "the TTL has expired");
    return false;
  }

  private void resubmit(Pass pass, FlowAction.Resubmit resubmit, TableId table, Flow flow) {
    int port =
        resubmit
            .port()
            .map(id -> pass.tables.ports().number(id))
            .filter(number -> number != PortId.IN_PORT)
            .orElse(pass.number(FlowFields.IN_PORT));
    TableId target = resubmit.table().orElse(table);
    if (!resubmit.tracked()) {
      tables.walk(pass, target, Optional.of(table), port);
    } else if (pass.number(FlowFields.CT_NW_PROTO) != 0) {
      FieldActions.swapTuple(pass);
      tables.walk(pass, target, Optional.of(table), port);
      FieldActions.swapTuple(pass);
    } else {
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.of(flow),
          "the original tuple of the connection isn't known");
    }
  }

  /** Actions on a copy: whatever they change, the packet is as before behind them. */
  private void cloned(Pass pass, FlowAction.Clone clone, TableId table, Flow flow) {
    Pass copy = pass.fork();
    copy.depth = pass.depth + 1;
    copy.actionSet = new ArrayList<>();
    copy.stack = new ArrayDeque<>(pass.stack);
    run(copy, clone.actions(), table, flow);
    tables.finish(copy, table);
  }

  private void meter(Pass pass, FlowAction.Meter meter, TableId table, Flow flow) {
    String bridge = pass.tables.bridge().name();
    journey.assume(
        new Assumption(
            "meter %d of %s lets the packet pass: its rate isn't exceeded"
                .formatted(meter.meter(), bridge),
            "ovs-ofctl -O OpenFlow13 meter-stats " + bridge,
            List.of(flow.source())));
    journey.step(
        pass,
        SwitchStep.Kind.OTHER,
        Optional.of(table),
        Optional.of(flow),
        "meter %d lets the packet pass".formatted(meter.meter()),
        List.of(flow.source()));
  }

  private static void larger(Pass pass, FlowAction.CheckPacketLarger check) {
    int length = Encoder.encode(pass.commit()).length();
    FieldActions.write(pass, check.bit(), Bits.of(length > check.size() ? 1 : 0));
  }

  /** Every link is a branch: which one it is, a hash decides. */
  private void multipath(Pass pass, FlowAction.Multipath multipath, TableId table, Flow flow) {
    int link = journey.choices.choose(equal(multipath.links()));
    FieldActions.write(pass, multipath.to(), Bits.of(link));
    chosen(pass, table, flow, "link %d of %d is chosen".formatted(link, multipath.links()));
  }

  private void bundle(Pass pass, FlowAction.Bundle bundle, TableId table, Flow flow) {
    List<PortId> live =
        bundle.members().stream().filter(port -> Liveness.mayBeUp(pass.tables, port)).toList();
    if (live.isEmpty()) {
      bundle.to().ifPresent(field -> FieldActions.write(pass, field, Bits.of(0xffff)));
      return;
    }
    int choice = bundle.byHash() ? journey.choices.choose(equal(live.size())) : 0;
    PortId port = live.get(choice);
    chosen(pass, table, flow, "the bundle's port %s is chosen".formatted(port));
    int number = pass.tables.ports().number(port);
    if (bundle.to().isPresent()) {
      FieldActions.write(pass, bundle.to().get(), Bits.of(Integer.toUnsignedLong(number)));
    } else {
      outputs().toNumber(pass, number, table, flow);
    }
  }

  private void chosen(Pass pass, TableId table, Flow flow, String text) {
    journey.step(
        pass,
        SwitchStep.Kind.OTHER,
        Optional.of(table),
        Optional.of(flow),
        text,
        List.of(flow.source()));
  }

  private static List<Double> equal(int count) {
    return Collections.nCopies(count, 1.0 / count);
  }
}
