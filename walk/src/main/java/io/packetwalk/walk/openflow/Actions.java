package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import io.packetwalk.wire.decode.Encoder;
import java.util.List;
import java.util.Optional;

/** Does a list of actions, one after the other (Open vSwitch, {@code do_xlate_actions}). */
final class Actions {
  private final Tables tables = new Tables(this);
  private final Groups groups = new Groups(this);
  private final Choosing choosing;
  private final Outputs outputs;
  private final TrackActions tracker;

  Actions(SwitchEngine engine) {
    this.outputs = new Outputs(engine);
    this.choosing = new Choosing(outputs);
    this.tracker = new TrackActions(engine, this);
  }

  Tables tables() {
    return tables;
  }

  /** The actions of a flow that acts now. */
  Task all(List<FlowAction> actions, Site at) {
    return from(actions, 0, at.table(), at.flow());
  }

  private Task from(List<FlowAction> actions, int index, TableId table, Flow flow) {
    return (journey, pass) -> {
      if (index < actions.size()) {
        Site at = new Site(journey, pass, table, flow);
        boolean last = index == actions.size() - 1;
        if (!expires(at, actions.get(index))) {
          journey.next(last ? List.of() : List.of(from(actions, index + 1, table, flow)));
          act(at, actions.get(index));
        }
      }
    };
  }

  /** A packet whose TTL ends goes to the controller, and the flow's other actions aren't done. */
  private static boolean expires(Site at, FlowAction action) {
    boolean goesOn =
        switch (action) {
          case FlowAction.DecrementTtl ignored -> FieldActions.decrementTtl(at.pass());
          case FlowAction.DecrementMplsTtl ignored -> FieldActions.decrementMplsTtl(at.pass());
          default -> true;
        };
    if (!goesOn) {
      Outputs.controller(at, "the TTL has expired");
    }
    return !goesOn;
  }

  private void act(Site at, FlowAction action) {
    Pass pass = at.pass();
    switch (action) {
      case FlowAction.Output output -> outputs.to(at, pass.tables.ports().number(output.port()));
      case FlowAction.OutputField output ->
          outputs.to(at, (int) FieldActions.read(pass, output.field()).low());
      case FlowAction.Enqueue enqueue -> outputs.to(at, pass.tables.ports().number(enqueue.port()));
      case FlowAction.Controller ignored -> Outputs.controller(at, "an action says so");
      case FlowAction.ToGroup group -> groups.run(at, group.group());
      case FlowAction.Resubmit resubmit -> resubmit(at, resubmit);
      case FlowAction.GotoTable go -> walk(at, go.table(), pass.number(FlowFields.IN_PORT));
      case FlowAction.SetField set -> FieldActions.set(pass, set);
      case FlowAction.SetPort set ->
          FieldActions.write(
              pass,
              set.field(),
              Bits.of(Integer.toUnsignedLong(pass.tables.ports().number(set.port()))));
      case FlowAction.SetTransportPort set -> FieldActions.transport(pass, set);
      case FlowAction.Move move -> FieldActions.move(pass, move);
      case FlowAction.Push push -> pass.stack.push(FieldActions.read(pass, push.field()));
      case FlowAction.Pop pop -> FieldActions.pop(pass, pop);
      case FlowAction.DeleteField delete -> pass.delete(delete.field());
      case FlowAction.PushVlan push -> FieldActions.pushVlan(pass, push.etherType());
      case FlowAction.PopVlan ignored -> FieldActions.popVlan(pass);
      case FlowAction.PushMpls push -> {
        if (!FieldActions.pushMpls(pass, push.etherType())) {
          at.journey()
              .failBucket(pass, at.table(), "more than three MPLS labels: the packet is dropped");
        }
      }
      case FlowAction.PopMpls pop -> FieldActions.popMpls(pass, pop.etherType());
      case FlowAction.DecrementTtl ignored -> {
        // Done when it was asked whether the packet goes on.
      }
      case FlowAction.DecrementMplsTtl ignored -> {
        // Likewise.
      }
      case FlowAction.Track track -> tracker.run(at, track);
      case FlowAction.ClearTracking ignored -> {
        if (pass.tracked) {
          pass.clearTracking();
        }
      }
      case FlowAction.Learn learn -> Learning.run(at, learn);
      case FlowAction.Clone clone -> cloned(at, clone);
      case FlowAction.WriteActions write -> {
        pass.actionSet.addAll(write.actions());
        pass.writer = Optional.of(at.flow());
      }
      case FlowAction.ClearActions ignored -> pass.actionSet.clear();
      case FlowAction.Meter meter -> meter(at, meter);
      case FlowAction.CheckPacketLarger check -> larger(pass, check);
      case FlowAction.Multipath multipath -> Choosing.multipath(at, multipath);
      case FlowAction.Bundle bundle -> choosing.bundle(at, bundle);
      case FlowAction.Exit ignored -> pass.exit = true;
      case FlowAction.Conjunction ignored -> {
        // Has its effect in the look-up.
      }
      case FlowAction.Aside ignored -> {
        // Changes nothing about the packet's way.
      }
      case FlowAction.Unknown unknown ->
          at.giveUp(
              "what %s does isn't known: %s isn't understood"
                  .formatted(Wording.position(at.flow()), unknown.text()));
    }
  }

  private void walk(Site at, TableId target, int inPort) {
    tables.walk(at.journey(), at.pass(), target, Optional.of(at.table()), inPort);
  }

  private void resubmit(Site at, FlowAction.Resubmit resubmit) {
    Pass pass = at.pass();
    int port =
        resubmit
            .port()
            .map(id -> pass.tables.ports().number(id))
            .filter(number -> number != PortId.IN_PORT)
            .orElse(pass.number(FlowFields.IN_PORT));
    TableId target = resubmit.table().orElse(at.table());
    if (!resubmit.tracked()) {
      walk(at, target, port);
    } else if (pass.number(FlowFields.CT_NW_PROTO) != 0) {
      FieldActions.swapTuple(pass);
      at.journey().next(List.of((branch, packet) -> FieldActions.swapTuple(packet)));
      walk(at, target, port);
    } else {
      at.giveUp("the original tuple of the connection isn't known");
    }
  }

  /**
   * Actions on a copy: whatever they change, the packet is as before behind them. The action set is
   * done for the copy as well.
   */
  private void cloned(Site at, FlowAction.Clone clone) {
    Pass copy = at.pass().fork();
    copy.depth = at.pass().depth + 1;
    TableId table = at.table();
    at.journey()
        .inside(
            copy,
            false,
            List.of(
                all(clone.actions(), at),
                (journey, packet) -> tables.finish(journey, packet, table)));
  }

  private static void meter(Site at, FlowAction.Meter meter) {
    String bridge = at.pass().tables.bridge().name();
    at.journey()
        .assume(
            new Assumption(
                "meter %d of %s lets the packet pass: its rate isn't exceeded"
                    .formatted(meter.meter(), bridge),
                "ovs-ofctl -O OpenFlow13 meter-stats " + bridge,
                List.of(at.flow().source())));
    at.step(SwitchStep.Kind.OTHER, "meter %d lets the packet pass".formatted(meter.meter()));
  }

  private static void larger(Pass pass, FlowAction.CheckPacketLarger check) {
    int length = Encoder.encode(pass.commit()).length();
    FieldActions.write(pass, check.bit(), Bits.of(length > check.size() ? 1 : 0));
  }
}
