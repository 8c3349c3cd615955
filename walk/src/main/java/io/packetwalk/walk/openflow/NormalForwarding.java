package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.LearnedMac;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * {@code NORMAL}: forwards as an ordinary switch that learns MAC addresses and knows VLANs (Open
 * vSwitch, {@code xlate_normal}).
 */
final class NormalForwarding {
  private static final long RESERVED = 0x0180_c200_0000L;

  private final Outputs outputs;

  NormalForwarding(Outputs outputs) {
    this.outputs = outputs;
  }

  void run(Site at) {
    Pass pass = at.pass();
    MacAddress destination = new MacAddress(pass.value(FlowFields.ETH_DST).low());
    OptionalInt vlan = arriving(pass, pass.number(FlowFields.IN_PORT));
    if ((destination.bits() & ~0xfL) == RESERVED) {
      Outputs.note(at, "NORMAL doesn't forward " + destination);
      return;
    }
    if (isFromNowhere(pass)) {
      Outputs.note(at, "NORMAL drops what came in by no port");
      return;
    }
    if (vlan.isEmpty()) {
      Outputs.note(at, "the packet's VLAN isn't let in by its port");
      return;
    }
    Optional<LearnedMac> known =
        destination.isGroup() ? Optional.empty() : find(pass, destination, vlan.getAsInt());
    boolean own = destination.equals(new MacAddress(pass.value(FlowFields.ETH_SRC).low()));
    if (own && !destination.isGroup() && !known.map(LearnedMac::fixed).orElse(false)) {
      Outputs.note(
          at,
          "NORMAL has just learned that %s is where the packet came from".formatted(destination));
    } else if (known.isPresent()) {
      unicast(at, known.get(), vlan.getAsInt());
    } else {
      flood(at, destination, vlan.getAsInt());
    }
  }

  /** Whether flows have written another port than any of the switch's into {@code in_port}. */
  private static boolean isFromNowhere(Pass pass) {
    int inPort = pass.number(FlowFields.IN_PORT);
    return inPort != PortId.LOCAL
        && pass.tables.bridge().ports().isComplete()
        && pass.tables.ports().port(inPort).isEmpty();
  }

  private static Optional<LearnedMac> find(Pass pass, MacAddress mac, int vlan) {
    return pass.tables
        .bridge()
        .macs()
        .first(entry -> entry.mac().equals(mac) && entry.vlan() == vlan);
  }

  private void unicast(Site at, LearnedMac entry, int vlan) {
    PortNumbers ports = at.pass().tables.ports();
    int port = ports.number(entry.port());
    at.step(
        SwitchStep.Kind.NORMAL,
        "NORMAL: %s is behind %s".formatted(entry.mac(), ports.name(port)),
        List.of(entry.source(), at.flow().source()));
    if (port != at.pass().number(FlowFields.IN_PORT)) {
      send(at, port, vlan);
    }
  }

  private void flood(Site at, MacAddress destination, int vlan) {
    Pass pass = at.pass();
    Listing<LearnedMac> macs = pass.tables.bridge().macs();
    boolean unknown = !destination.isGroup() && !macs.isComplete();
    if (unknown || !pass.tables.bridge().ports().isComplete()) {
      String what = unknown ? "where " + destination + " is" : "which ports there are";
      String command = unknown ? "ovs-appctl fdb/show " : "ovs-ofctl show ";
      at.giveUp(
          "NORMAL: %s isn't shown (%s%s)".formatted(what, command, pass.tables.bridge().name()));
      return;
    }
    at.step(
        SwitchStep.Kind.NORMAL,
        destination.isGroup()
            ? "NORMAL: %s goes to every port".formatted(destination)
            : "NORMAL: nobody knows %s, so it goes to every port".formatted(destination));
    at.journey()
        .next(
            Outputs.others(pass, true).stream()
                .filter(port -> includes(vlanOf(pass, port), vlan))
                .map(port -> at.later(site -> send(site, port, vlan)))
                .toList());
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
  private void send(Site at, int port, int vlan) {
    Pass pass = at.pass();
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
    outputs.send(at.on(copy), port);
  }
}
