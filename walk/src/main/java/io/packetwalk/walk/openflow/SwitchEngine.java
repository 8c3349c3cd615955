package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.walk.Assumption;
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
  private final OpenVswitch openVswitch;
  private final ConnectionTracking tracking;
  private final Map<String, SwitchTables> switches = new LinkedHashMap<>();
  private final Actions actions = new Actions(this);

  public SwitchEngine(OpenVswitch openVswitch, ConnectionTracking tracking) {
    this.openVswitch = openVswitch;
    this.tracking = tracking;
  }

  ConnectionTracking tracking() {
    return tracking;
  }

  /** Every way that the packet may take, in the order of the choices on it. */
  public List<SwitchBranch> walk(Arrival arrival) {
    Optional<SwitchTables> tables = tables(arrival.bridge());
    if (tables.isEmpty()) {
      String reason = "nothing is known of the bridge " + arrival.bridge();
      return List.of(Journey.unknown(arrival, 1, reason));
    }
    Branches branches = new Branches(arrival);
    Journey journey = new Journey(branches, arrival);
    Pass pass = arriving(arrival, tables.get());
    if (TunnelFields.isUnreadable(pass, arrival.tunnel())) {
      journey.giveUp(
          pass,
          Optional.empty(),
          Optional.empty(),
          "the packet has options of Geneve, and which fields they are isn't shown"
              + " (ovs-ofctl dump-tlv-map %s)".formatted(arrival.bridge()));
    } else if (tables.get().isNumberWanted(pass.number(FlowFields.IN_PORT))) {
      journey.giveUp(
          pass,
          Optional.empty(),
          Optional.empty(),
          "which number port %s has, by which flows call it, isn't shown (ovs-ofctl show %s)"
              .formatted(arrival.port(), arrival.bridge()));
    } else if (!refuses(pass, journey)) {
      enter(pass, journey);
    }
    return branches.walk(journey);
  }

  private static Pass arriving(Arrival arrival, SwitchTables tables) {
    Pass pass = new Pass(tables, new long[FlowFields.WORDS], arrival.packet(), 1);
    PacketFields.extract(arrival.packet(), pass.words, 1);
    pass.tags = (pass.number(FlowFields.VLAN_TCI) & PacketFields.VLAN_PRESENT) == 0 ? 0 : 1;
    pass.learned = arrival.learned().size();
    int port = tables.ports().number(arrival.port());
    pass.set(FlowFields.IN_PORT, Integer.toUnsignedLong(port));
    pass.set(FlowFields.PACKET_MARK, Integer.toUnsignedLong(arrival.mark()));
    TunnelFields.arriving(pass, arrival.tunnel());
    return pass;
  }

  private static boolean refuses(Pass pass, Journey journey) {
    int number = pass.number(FlowFields.IN_PORT);
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

  /** Lets a packet into a switch's first table. */
  void enter(Pass pass, Journey journey) {
    TableId first = pass.tables.first();
    if (pass.tables.isFirstByOrder()) {
      journey.assume(
          new Assumption(
              "packets come to table %s of %s first, whose flows the dump lists first"
                  .formatted(first, pass.tables.bridge().name()),
              SwitchTables.numbering(pass.tables.bridge().name())));
    }
    journey.inside(pass, false, actions.tables().from(first));
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
