package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Sends copies of the packet out of ports. */
final class Outputs {
  private final SwitchEngine engine;
  private final NormalForwarding normal = new NormalForwarding(this);

  Outputs(SwitchEngine engine) {
    this.engine = engine;
  }

  /** Out of the port with this number, which may be a reserved one. */
  void to(Site at, int port) {
    int inPort = at.pass().number(FlowFields.IN_PORT);
    switch (port) {
      case PortId.IN_PORT -> send(at, inPort);
      case PortId.NORMAL -> normal.run(at);
      case PortId.FLOOD, PortId.ALL -> flood(at, port == PortId.FLOOD);
      case PortId.CONTROLLER -> controller(at, "the output says so");
      case PortId.TABLE, PortId.ANY, 0, 0xffff ->
          note(at, "port %s takes no packets".formatted(PortId.of(port)));
      default -> {
        if (port == inPort) {
          String name = at.pass().tables.ports().name(port);
          note(at, "nothing is sent to %s, where the packet came from".formatted(name));
        } else {
          send(at, port);
        }
      }
    }
  }

  static void controller(Site at, String reason) {
    at.journey().toController = true;
    at.step(SwitchStep.Kind.CONTROLLER, "a copy goes to the controller: " + reason);
  }

  static void note(Site at, String text) {
    at.step(SwitchStep.Kind.OUTPUT, text);
  }

  /** To every port but the one that the packet came from. */
  private void flood(Site at, boolean flooding) {
    String bridge = at.pass().tables.bridge().name();
    if (!at.pass().tables.bridge().ports().isComplete()) {
      at.giveUp("not all ports of %s are shown (ovs-ofctl show %s)".formatted(bridge, bridge));
      return;
    }
    at.journey()
        .next(
            others(at.pass(), flooding).stream()
                .map(port -> at.later(site -> send(site, port)))
                .toList());
  }

  /** The numbers of the ports that the packet didn't come from. */
  static List<Integer> others(Pass pass, boolean flooding) {
    int inPort = pass.number(FlowFields.IN_PORT);
    List<Integer> numbers = new ArrayList<>();
    for (Map.Entry<Integer, SwitchPort> entry : pass.tables.ports().all()) {
      boolean excluded = flooding && entry.getValue().state().configuration().contains("NO_FLOOD");
      if (entry.getKey() != inPort && !excluded) {
        numbers.add(entry.getKey());
      }
    }
    return numbers;
  }

  /** Sends a copy out of a port, or into the switch at the other end of a patch. */
  void send(Site at, int number) {
    PortNumbers ports = at.pass().tables.ports();
    Optional<SwitchPort> port = ports.port(number);
    boolean missing = port.isEmpty() && at.pass().tables.bridge().ports().isComplete();
    boolean local = number == PortId.LOCAL;
    if (missing && !local && !ports.areAllShown()) {
      at.giveUp(
          "which port has number %s isn't shown (ovs-ofctl show %s)"
              .formatted(ports.name(number), at.pass().tables.bridge().name()));
      return;
    }
    if (missing && !local) {
      note(at, "there is no port %s".formatted(ports.name(number)));
      return;
    }
    if (port.isPresent() && port.get().state().configuration().contains("NO_FWD")) {
      note(at, "port %s forwards nothing".formatted(ports.name(number)));
      return;
    }
    Optional<String> peer = port.flatMap(SwitchPort::patchPeer);
    if (peer.isPresent()) {
      patch(at, ports.name(number), peer.get());
    } else {
      leave(at, number, port);
    }
  }

  private static void leave(Site at, int number, Optional<SwitchPort> port) {
    Pass pass = at.pass();
    boolean geneve = port.flatMap(SwitchPort::type).filter("geneve"::equals).isPresent();
    OptionalInt unmapped = geneve ? TunnelFields.unmapped(pass) : OptionalInt.empty();
    if (unmapped.isPresent()) {
      at.giveUp(
          "which option of Geneve tun_metadata%d is isn't shown (ovs-ofctl dump-tlv-map %s)"
              .formatted(unmapped.getAsInt(), pass.tables.bridge().name()));
      return;
    }
    Packet packet = pass.commit();
    note(at, "a copy leaves by " + pass.tables.ports().name(number));
    if (!at.journey().isOver()) {
      at.journey()
          .outputs
          .add(
              new SwitchOutput(
                  pass.tables.bridge().name(),
                  pass.tables.ports().id(number),
                  port,
                  packet,
                  TunnelFields.leaving(pass, port),
                  pass.number(FlowFields.PACKET_MARK),
                  at.journey().lastStep()));
    }
  }

  private void patch(Site at, String name, String peer) {
    Optional<SwitchTables> other = engine.behind(peer);
    if (other.isEmpty()) {
      at.giveUp(
          "patch port %s leads to %s, whose bridge isn't shown (ovs-vsctl show)"
              .formatted(name, peer));
      return;
    }
    note(at, "by the patch port %s into %s".formatted(name, other.get().bridge().name()));
    Pass inside = at.pass().inside(other.get());
    TunnelFields.clear(inside);
    inside.clearTracking();
    for (int index = 0; index < FlowFields.REGISTERS; index++) {
      inside.set(FlowFields.register(index), 0);
    }
    inside.set(FlowFields.METADATA, 0);
    inside.set(FlowFields.IN_PORT, Integer.toUnsignedLong(other.get().ports().number(peer)));
    engine.enter(inside, at.journey());
  }
}
