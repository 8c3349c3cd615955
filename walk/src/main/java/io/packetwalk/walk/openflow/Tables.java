package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks packets up in tables and has the flows' actions done. */
final class Tables {
  private final SwitchEngine engine;
  private final Journey journey;

  Tables(SwitchEngine engine, Journey journey) {
    this.engine = engine;
    this.journey = journey;
  }

  /**
   * Looks the packet up and does what the flow says.
   *
   * @param from the table that it comes from; empty for the first
   * @param inPort the port that the look-up takes it to come from
   */
  void walk(Pass pass, TableId wanted, Optional<TableId> from, int inPort) {
    TableId table = pass.tables.canonical(wanted);
    if (pass.tables.isByOrder(wanted)) {
      journey.assume(
          new Assumption(
              "table %s of %s is %s, by the order of the dump"
                  .formatted(wanted, pass.tables.bridge().name(), table),
              "ovs-ofctl --no-names dump-flows %s table=%s"
                  .formatted(pass.tables.bridge().name(), wanted)));
    }
    boolean deeper = from.isPresent() && pass.tables.rank(table) <= pass.tables.rank(from.get());
    if (journey.isOver() || isTooMuch(pass, table)) {
      return;
    }
    journey.resubmits++;
    Optional<Flow> flow = lookUp(pass, table, inPort);
    if (flow.isEmpty() || journey.isOver()) {
      return;
    }
    pass.depth += deeper ? 1 : 0;
    new Actions(engine, journey, this).run(pass, flow.get().actions(), table, flow.get());
    pass.depth -= deeper ? 1 : 0;
  }

  /** Whether Open vSwitch would stop here; the packet is dropped then, whatever was done before. */
  boolean isTooMuch(Pass pass, TableId table) {
    if (pass.depth >= Journey.DEEPEST) {
      journey.fail(
          pass, Optional.of(table), "look-ups nested more than 64 deep: the packet is dropped");
      return true;
    }
    if (journey.resubmits >= Journey.MOST_RESUBMITS) {
      journey.fail(pass, Optional.of(table), "more than 4096 look-ups: the packet is dropped");
      return true;
    }
    return false;
  }

  private Optional<Flow> lookUp(Pass pass, TableId table, int inPort) {
    Listing<Flow> listing = pass.tables.listing(table);
    String bridge = pass.tables.bridge().name();
    if (listing.isUnknown()) {
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.empty(),
          "table %s of %s isn't shown (ovs-ofctl dump-flows %s table=%s)"
              .formatted(table, bridge, bridge, table));
      return Optional.empty();
    }
    Optional<Flow> flow = find(pass, table, inPort);
    if (journey.isOver()) {
      return Optional.empty();
    }
    if (!listing.isComplete()) {
      partly(pass, table, flow);
    }
    if (flow.isEmpty() && !journey.isOver()) {
      journey.step(
          pass,
          SwitchStep.Kind.LOOKUP,
          Optional.of(table),
          Optional.empty(),
          "no flow of table " + table + " matches: the packet is dropped",
          listing.lastSeen().map(List::of).orElse(List.of()));
    }
    flow.ifPresent(hit -> hit(pass, table, hit));
    return flow;
  }

  private void hit(Pass pass, TableId table, Flow flow) {
    List<Source> evidence = List.of(flow.source());
    journey.step(
        pass,
        SwitchStep.Kind.LOOKUP,
        Optional.of(table),
        Optional.of(flow),
        "table %s: %s".formatted(table, Wording.actions(flow.actions())),
        evidence);
  }

  private void partly(Pass pass, TableId table, Optional<Flow> flow) {
    String bridge = pass.tables.bridge().name();
    String command = "ovs-ofctl dump-flows " + bridge + " table=" + table;
    if (flow.isEmpty()) {
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.empty(),
          "no flow that is shown matches, and table %s of %s is shown in part only (%s)"
              .formatted(table, bridge, command));
    } else {
      journey.assume(
          new Assumption(
              "no flow of table %s of %s that isn't shown comes before the one that matches"
                  .formatted(table, bridge),
              command,
              List.of(flow.get().source())));
    }
  }

  /** The flow that decides, with the look-up's own view of the packet. */
  private Optional<Flow> find(Pass pass, TableId table, int inPort) {
    long[] words = pass.words.clone();
    Vector.write(words, FlowFields.IN_PORT, Bits.of(Integer.toUnsignedLong(inPort)));
    if ((pass.number(FlowFields.NW_FRAG) & 1) != 0) {
      // Open vSwitch pretends that fragments have no ports unless it is told otherwise.
      Vector.write(words, FlowFields.TP_SRC, Bits.ZERO);
      Vector.write(words, FlowFields.TP_DST, Bits.ZERO);
    }
    Lookup lookup =
        new Lookup(pass.tables, table, learned(pass, table)).search(words, journey.choices);
    lookup.assumption().ifPresent(journey::assume);
    if (lookup.doubt().isPresent()) {
      journey.giveUp(pass, Optional.of(table), lookup.doubtful(), lookup.doubt().get());
      return Optional.empty();
    }
    return lookup.found();
  }

  /** Flows that were learned before this pass began: a look-up sees the tables of its beginning. */
  private List<Flow> learned(Pass pass, TableId table) {
    List<Flow> flows = new ArrayList<>();
    for (Flow flow : journey.learned.subList(0, Math.min(pass.learned, journey.learned.size()))) {
      if (flow.table().equals(table)) {
        flows.add(flow);
      }
    }
    return flows;
  }

  /** What is left to do when a pass has been through its tables. */
  void finish(Pass pass, TableId table) {
    Optional<Flow> writer = pass.writer;
    if (writer.isEmpty() || pass.actionSet.isEmpty() || pass.exit || journey.isOver()) {
      return;
    }
    List<FlowAction> actions = ActionSet.ordered(pass.actionSet);
    pass.actionSet = new ArrayList<>();
    new Actions(engine, journey, this).run(pass, actions, table, writer.get());
  }
}
