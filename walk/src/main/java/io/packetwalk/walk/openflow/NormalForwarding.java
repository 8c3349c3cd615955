package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.LearnedMac;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code NORMAL}: forwards as an ordinary switch that learns MAC addresses and knows VLANs (Open
 * vSwitch, {@code xlate_normal}).
 */
final class NormalForwarding {
  private static final long RESERVED = 0x0180_c200_0000L;

  private final Journey journey;
  private final Outputs outputs;

  NormalForwarding(Journey journey, Outputs outputs) {
    this.journey = journey;
    this.outputs = outputs;
  }

  void run(Pass pass, TableId table, Flow flow) {
    int inPort = pass.number(FlowFields.IN_PORT);
    MacAddress destination = new MacAddress(pass.value(FlowFields.ETH_DST).low());
    OptionalInt vlan = arriving(pass, inPort);
    if ((destination.bits() & ~0xfL) == RESERVED) {
      outputs.note(pass, table, flow, "NORMAL doesn't forward " + destination);
      return;
    }
    if (vlan.isEmpty()) {
      outputs.note(pass, table, flow, "the packet's VLAN isn't let in by its port");
      return;
    }
    Optional<LearnedMac> known =
        destination.isGroup() ? Optional.empty() : find(pass, destination, vlan.getAsInt());
    boolean own = destination.equals(new MacAddress(pass.value(FlowFields.ETH_SRC).low()));
    if (own && !known.map(LearnedMac::fixed).orElse(false)) {
      outputs.note(
          pass,
          table,
          flow,
          "NORMAL has just learned that %s is where the packet came from".formatted(destination));
      return;
    }
    if (known.isPresent()) {
      unicast(pass, known.get(), inPort, vlan.getAsInt(), table, flow);
    } else {
      flood(pass, destination, inPort, vlan.getAsInt(), table, flow);
    }
  }

  private static Optional<LearnedMac> find(Pass pass, MacAddress mac, int vlan) {
    return pass.tables
        .bridge()
        .macs()
        .first(entry -> entry.mac().equals(mac) && entry.vlan() == vlan);
  }

  private void unicast(
      Pass pass, LearnedMac entry, int inPort, int vlan, TableId table, Flow flow) {
    int port = pass.tables.ports().number(entry.port());
    step(
        pass,
        table,
        flow,
        "NORMAL: %s is behind %s".formatted(entry.mac(), pass.tables.ports().name(port)),
        entry.source());
    if (port != inPort) {
      send(pass, port, vlan, table, flow);
    }
  }

  private void flood(
      Pass pass, MacAddress destination, int inPort, int vlan, TableId table, Flow flow) {
    String bridge = pass.tables.bridge().name();
    Listing<LearnedMac> macs = pass.tables.bridge().macs();
    boolean unknown = !destination.isGroup() && !macs.isComplete();
    if (unknown || !pass.tables.bridge().ports().isComplete()) {
      String what = unknown ? "where " + destination + " is" : "which ports there are";
      String command = unknown ? "ovs-appctl fdb/show " : "ovs-ofctl show ";
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.of(flow),
          "NORMAL: %s isn't shown (%s%s)".formatted(what, command, bridge));
      return;
    }
    journey.step(
        pass,
        SwitchStep.Kind.NORMAL,
        Optional.of(table),
        Optional.of(flow),
        destination.isGroup()
            ? "NORMAL: %s goes to every port".formatted(destination)
            : "NORMAL: nobody knows %s, so it goes to every port".formatted(destination),
        List.of(flow.source()));
    for (int port : Outputs.others(pass, inPort, true)) {
      if (includes(vlanOf(pass, port), vlan)) {
        send(pass, port, vlan, table, flow);
      }
    }
  }

  private void step(Pass pass, TableId table, Flow flow, String text, Source source) {
    List<Source> evidence = new ArrayList<>(List.of(source));
    evidence.add(flow.source());
    journey.step(
        pass, SwitchStep.Kind.NORMAL, Optional.of(table), Optional.of(flow), text, evidence);
  }

  private static SwitchPort.PortVlan vlanOf(Pass pass, int port) {
    return pass.tables.ports().port(port).map(SwitchPort::vlan).orElse(SwitchPort.PortVlan.NONE);
  }

  private static String mode(SwitchPort.PortVlan vlan) {
    return vlan.mode().orElse(vlan.tag().isPresent() ? "access" : "trunk");
  }

  /** The VLAN that the packet belongs to; empty when the port doesn't let it in. */
  private static OptionalInt arriving(Pass pass, int inPort) {
    SwitchPort.PortVlan config = vlanOf(pass, inPort);
    int identifier = pass.number(FlowFields.DL_VLAN);
    return switch (mode(config)) {
      case "access" ->
          identifier == 0 ? OptionalInt.of(config.tag().orElse(0)) : OptionalInt.empty();
      case "native-tagged", "native-untagged" -> {
        int vlan = identifier == 0 ? config.tag().orElse(0) : identifier;
        yield includes(config, vlan) ? OptionalInt.of(vlan) : OptionalInt.empty();
      }
      case "dot1q-tunnel" -> OptionalInt.empty();
      default -> includes(config, identifier) ? OptionalInt.of(identifier) : OptionalInt.empty();
    };
  }

  private static boolean includes(SwitchPort.PortVlan config, int vlan) {
    boolean trunked = config.trunks().isEmpty() || config.trunks().contains(vlan);
    return switch (mode(config)) {
      case "access", "dot1q-tunnel" -> config.tag().orElse(0) == vlan;
      case "native-tagged", "native-untagged" -> config.tag().orElse(0) == vlan || trunked;
      default -> trunked;
    };
  }

  /** Sends the packet with the tag that the port wants, and takes the change back. */
  private void send(Pass pass, int port, int vlan, TableId table, Flow flow) {
    SwitchPort.PortVlan config = vlanOf(pass, port);
    boolean untagged =
        switch (mode(config)) {
          case "access", "dot1q-tunnel" -> true;
          case "native-untagged" -> config.tag().orElse(0) == vlan;
          default -> vlan == 0;
        };
    Pass copy = pass.fork();
    copy.depth = pass.depth;
    int control = pass.number(FlowFields.VLAN_TCI);
    int tag = untagged ? 0 : (control & 0xe000) | PacketFields.VLAN_PRESENT | vlan;
    copy.set(FlowFields.VLAN_TCI, tag);
    outputs.send(copy, port, table, flow);
  }
}
