package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Looks packets up in tables and has the flows' actions done. */
final class Tables {
  private final Actions actions;

  Tables(Actions actions) {
    this.actions = actions;
  }

  /** A packet's whole way through the tables from this one on, its action set included. */
  List<Task> from(TableId table) {
    return List.of(
        (journey, pass) ->
            walk(journey, pass, table, Optional.empty(), pass.number(FlowFields.IN_PORT)),
        (journey, pass) -> finish(journey, pass, table));
  }

  /**
   * Looks the packet up; what the flow says comes next.
   *
   * @param from the table that it comes from; empty for the first
   * @param inPort the port that the look-up takes it to come from
   */
  void walk(Journey journey, Pass pass, TableId wanted, Optional<TableId> from, int inPort) {
    TableId table = pass.tables.canonical(wanted);
    if (pass.tables.isByOrder(wanted)) {
      journey.assume(
          new Assumption(
              "table %s of %s is %s, by the order of the dump"
                  .formatted(wanted, pass.tables.bridge().name(), table),
              SwitchTables.numbering(pass.tables.bridge().name())));
    }
    boolean deeper = from.isPresent() && pass.tables.rank(table) <= pass.tables.rank(from.get());
    if (!isTooMuch(journey, pass, table)) {
      journey.resubmits++;
      lookUp(journey, pass, table, inPort, deeper);
    }
  }

  /** Whether Open vSwitch would stop here; the packet is dropped then, whatever was done before. */
  static boolean isTooMuch(Journey journey, Pass pass, TableId table) {
    if (pass.depth >= Journey.DEEPEST) {
      journey.fail(pass, table, "look-ups nested more than 64 deep: the packet is dropped");
      return true;
    }
    if (journey.resubmits >= Journey.MOST_RESUBMITS) {
      journey.fail(pass, table, "more than 4096 look-ups: the packet is dropped");
      return true;
    }
    return false;
  }

  private void lookUp(Journey journey, Pass pass, TableId table, int inPort, boolean deeper) {
    Listing<Flow> listing = pass.tables.listing(table);
    if (listing.isUnknown()) {
      String bridge = pass.tables.bridge().name();
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.empty(),
          "table %s of %s isn't shown (ovs-ofctl dump-flows %s table=%s)"
              .formatted(table, bridge, bridge, table));
      return;
    }
    Lookup lookup = search(journey, pass, table, inPort);
    List<Flow> found = lookup.found();
    if (lookup.doubt().isPresent()) {
      journey.giveUp(pass, Optional.of(table), lookup.doubtful(), lookup.doubt().get());
    } else if (found.isEmpty()) {
      missed(journey, pass, table, listing);
    } else if (found.size() == 1) {
      hit(new Site(journey, pass, table, found.getFirst()), listing, deeper);
    } else {
      List<Task> ways = new ArrayList<>();
      for (Flow flow : found) {
        ways.add((branch, packet) -> {
          branch.assume(lookup.assumption(flow));
          hit(new Site(branch, packet, table, flow), listing, deeper);
        });
      }
      journey.choose(Collections.nCopies(found.size(), 1.0 / found.size()), ways);
    }
  }

  private static void missed(Journey journey, Pass pass, TableId table, Listing<Flow> listing) {
    if (!listing.isComplete()) {
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.empty(),
          "no flow that is shown matches, and table %s of %s is shown in part only (%s)"
              .formatted(table, pass.tables.bridge().name(), command(pass, table)));
      return;
    }
    journey.step(
        pass,
        SwitchStep.Kind.LOOKUP,
        Optional.of(table),
        Optional.empty(),
        "no flow of table " + table + " matches: the packet is dropped",
        listing.lastSeen().map(List::of).orElse(List.of()));
  }

  private void hit(Site at, Listing<Flow> listing, boolean deeper) {
    Pass pass = at.pass();
    Flow flow = at.flow();
    if (!listing.isComplete()) {
      at.journey()
          .assume(
              new Assumption(
                  "no flow of table %s of %s that isn't shown comes before the one that matches"
                      .formatted(at.table(), pass.tables.bridge().name()),
                  command(pass, at.table()),
                  List.of(flow.source())));
    }
    at.step(
        SwitchStep.Kind.LOOKUP,
        "table %s: %s".formatted(at.table(), Wording.actions(flow.actions())));
    if (deeper) {
      pass.depth++;
      at.journey().next(List.of((branch, packet) -> packet.depth--));
    }
    at.journey().next(List.of(actions.all(flow.actions(), at)));
  }

  private static String command(Pass pass, TableId table) {
    return "ovs-ofctl dump-flows " + pass.tables.bridge().name() + " table=" + table;
  }

  /** The look-up's result, with its own view of the packet. */
  private static Lookup search(Journey journey, Pass pass, TableId table, int inPort) {
    long[] words = pass.words.clone();
    Vector.write(words, FlowFields.IN_PORT, Bits.of(Integer.toUnsignedLong(inPort)));
    if ((pass.number(FlowFields.NW_FRAG) & 1) != 0) {
      // Open vSwitch pretends that fragments have no ports unless it is told otherwise.
      Vector.write(words, FlowFields.TP_SRC, Bits.ZERO);
      Vector.write(words, FlowFields.TP_DST, Bits.ZERO);
    }
    return new Lookup(pass.tables, table, learned(journey, pass, table)).search(words);
  }

  /** Flows that were learned before this pass began: a look-up sees the tables of its beginning. */
  private static List<Flow> learned(Journey journey, Pass pass, TableId table) {
    List<Flow> flows = new ArrayList<>();
    for (Flow flow : journey.learned.subList(0, Math.min(pass.learned, journey.learned.size()))) {
      if (flow.table().equals(table)) {
        flows.add(flow);
      }
    }
    return flows;
  }

  /** What is left to do when a pass has been through its tables. */
  void finish(Journey journey, Pass pass, TableId table) {
    if (pass.writer.isPresent() && !pass.actionSet.isEmpty()) {
      List<FlowAction> set = ActionSet.ordered(pass.actionSet);
      pass.actionSet = new ArrayList<>();
      journey.next(List.of(actions.all(set, new Site(journey, pass, table, pass.writer.get()))));
    }
  }
}
