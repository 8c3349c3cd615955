package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The bridges of one Open vSwitch, ready to be walked.
 *
 * <p>Tables are indexed when a packet first comes to them, and kept: use one engine for all
 * questions about a namespace.
 */
public final class SwitchEngine {
  /** As many branches as are told apart; what is left is one more, undetermined. */
  private static final int MOST_BRANCHES = 1024;

  /** As many steps of all branches together as anybody waits for. */
  private static final int MOST_STEPS = 200_000;

  private final OpenVswitch openVswitch;
  private final ConnectionTracking tracking;
  private final Map<String, SwitchTables> switches = new LinkedHashMap<>();

  public SwitchEngine(OpenVswitch openVswitch, ConnectionTracking tracking) {
    this.openVswitch = openVswitch;
    this.tracking = tracking;
  }

  ConnectionTracking tracking() {
    return tracking;
  }

  /** Every way that the packet may take, in the order of the choices on it. */
  public List<SwitchBranch> walk(Arrival arrival) {
    List<SwitchBranch> branches = new ArrayList<>();
    Choices choices = Choices.first();
    double rest = 1;
    long steps = 0;
    while (choices != null) {
      SwitchBranch branch = branch(arrival, choices);
      branches.add(branch);
      rest -= branch.weight();
      steps += branch.steps().size();
      choices = choices.next();
      boolean enough = branches.size() >= MOST_BRANCHES || steps >= MOST_STEPS;
      if (choices != null && enough) {
        branches.add(
            unknown(
                arrival, Math.max(rest, Double.MIN_NORMAL), "more branches than are told apart"));
        return branches;
      }
    }
    return branches;
  }

  private static SwitchBranch unknown(Arrival arrival, double weight, String reason) {
    return new SwitchBranch(
        weight,
        List.of(),
        List.of(),
        false,
        Optional.of(reason),
        List.of(),
        arrival.commits(),
        arrival.learned(),
        List.of());
  }

  private SwitchBranch branch(Arrival arrival, Choices choices) {
    Optional<SwitchTables> tables = tables(arrival.bridge());
    if (tables.isEmpty()) {
      return unknown(arrival, 1, "nothing is known of the bridge " + arrival.bridge());
    }
    Journey journey = new Journey(choices, arrival);
    Pass pass = new Pass(tables.get(), new long[FlowFields.WORDS], arrival.packet(), 1);
    PacketFields.extract(arrival.packet(), pass.words, 1);
    pass.tags = (pass.number(FlowFields.VLAN_TCI) & PacketFields.VLAN_PRESENT) == 0 ? 0 : 1;
    pass.learned = journey.learned.size();
    int port = tables.get().ports().number(arrival.port());
    pass.set(FlowFields.IN_PORT, Integer.toUnsignedLong(port));
    pass.set(FlowFields.PACKET_MARK, Integer.toUnsignedLong(arrival.mark()));
    TunnelFields.arriving(pass, arrival.tunnel());
    Tables walk = new Tables(this, journey);
    if (!refuses(pass, port, journey)) {
      enter(pass, journey, walk);
      journey.ends.add(pass.state());
      journey.endPass(0);
    }
    resume(journey, walk);
    return journey.branch();
  }

  private static boolean refuses(Pass pass, int number, Journey journey) {
    boolean refuses =
        pass.tables
            .ports()
            .port(number)
            .map(port -> port.state().configuration().contains("NO_RECV"))
            .orElse(false);
    if (refuses) {
      journey.step(
          pass,
          SwitchStep.Kind.OTHER,
          Optional.empty(),
          Optional.empty(),
          "port %s takes nothing in".formatted(pass.tables.ports().name(number)),
          List.of());
    }
    return refuses;
  }

  /** Lets a packet into a switch's first table, and does its action set at the end. */
  void enter(Pass pass, Journey journey, Tables walk) {
    TableId first = pass.tables.first();
    if (pass.tables.isFirstByOrder()) {
      journey.assume(
          new Assumption(
              "packets come to table %s of %s first, whose flows the dump lists first"
                  .formatted(first, pass.tables.bridge().name()),
              "ovs-ofctl --no-names dump-flows " + pass.tables.bridge().name() + " table=0"));
    }
    go(pass, first, walk);
  }

  private static void go(Pass pass, TableId table, Tables walk) {
    walk.walk(pass, table, Optional.empty(), pass.number(FlowFields.IN_PORT));
    walk.finish(pass, table);
  }

  /** The copies that wait at the connection tracker's way out, in the order in which they came. */
  private static void resume(Journey journey, Tables walk) {
    while (!journey.queue.isEmpty() && !journey.isOver()) {
      Journey.Resumption next = journey.queue.remove();
      Pass pass = next.pass();
      pass.learned = journey.learned.size();
      journey.resubmits = 0;
      journey.step(
          pass,
          next.kind(),
          Optional.of(next.table()),
          Optional.empty(),
          next.text(),
          next.evidence());
      int waiting = journey.queue.size();
      go(pass, next.table(), walk);
      journey.ends.add(pass.state());
      journey.endPass(waiting);
    }
  }

  private Optional<SwitchTables> tables(String bridge) {
    SwitchTables known = switches.get(bridge);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<SwitchTables> made = openVswitch.named(bridge).map(SwitchTables::new);
    made.ifPresent(tables -> switches.put(bridge, tables));
    return made;
  }

  /** The switch that has this patch port. */
  Optional<SwitchTables> behind(String port) {
    Optional<Switch> bridge =
        openVswitch.switches().stream()
            .filter(each -> each.port(port).flatMap(SwitchPort::patchPeer).isPresent())
            .findFirst();
    return bridge.flatMap(each -> tables(each.name()));
  }
}
