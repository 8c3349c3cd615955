package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends copies of the packet out of ports. */
final class Outputs {
  private final SwitchEngine engine;
  private final Journey journey;
  private final Actions actions;

  Outputs(SwitchEngine engine, Journey journey, Actions actions) {
    this.engine = engine;
    this.journey = journey;
    this.actions = actions;
  }

  void to(Pass pass, FlowAction.Output output, TableId table, Flow flow) {
    toNumber(pass, pass.tables.ports().number(output.port()), table, flow);
  }

  void toNumber(Pass pass, int port, TableId table, Flow flow) {
    int inPort = pass.number(FlowFields.IN_PORT);
    switch (port) {
      case PortId.IN_PORT -> send(pass, inPort, table, flow);
      case PortId.NORMAL -> new NormalForwarding(journey, this).run(pass, table, flow);
      case PortId.FLOOD, PortId.ALL -> flood(pass, port, table, flow);
      case PortId.CONTROLLER -> actions.controller(pass, table, flow, "the output says so");
      case PortId.TABLE, PortId.ANY, 0, 0xffff ->
          note(pass, table, flow, "port %s takes no packets".formatted(PortId.of(port)));
      default -> {
        if (port == inPort) {
          note(
              pass,
              table,
              flow,
              "nothing is sent to %s, where the packet came from"
                  .formatted(pass.tables.ports().name(port)));
        } else {
          send(pass, port, table, flow);
        }
      }
    }
  }

  void note(Pass pass, TableId table, Flow flow, String text) {
    journey.step(
        pass,
        SwitchStep.Kind.OUTPUT,
        Optional.of(table),
        Optional.of(flow),
        text,
        List.of(flow.source()));
  }

  /** To every port but the one that the packet came from. */
  private void flood(Pass pass, int kind, TableId table, Flow flow) {
    if (!pass.tables.bridge().ports().isComplete()) {
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.of(flow),
          "not all ports of %s are shown (ovs-ofctl show %s)"
              .formatted(pass.tables.bridge().name(), pass.tables.bridge().name()));
      return;
    }
    for (int port : others(pass, pass.number(FlowFields.IN_PORT), kind == PortId.FLOOD)) {
      send(pass, port, table, flow);
    }
  }

  /** The numbers of the other ports. */
  static List<Integer> others(Pass pass, int inPort, boolean flooding) {
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
  void send(Pass pass, int number, TableId table, Flow flow) {
    PortNumbers ports = pass.tables.ports();
    Optional<SwitchPort> port = ports.port(number);
    boolean missing = port.isEmpty() && pass.tables.bridge().ports().isComplete();
    boolean local = number == PortId.LOCAL;
    if (missing && !local) {
      note(pass, table, flow, "there is no port %s".formatted(ports.name(number)));
      return;
    }
    if (port.isPresent() && port.get().state().configuration().contains("NO_FWD")) {
      note(pass, table, flow, "port %s forwards nothing".formatted(ports.name(number)));
      return;
    }
    Optional<String> peer = port.flatMap(SwitchPort::patchPeer);
    if (peer.isPresent()) {
      patch(pass, number, peer.get(), table, flow);
    } else {
      leave(pass, number, port, table, flow);
    }
  }

  private void leave(Pass pass, int number, Optional<SwitchPort> port, TableId table, Flow flow) {
    Packet packet = pass.commit();
    String name = pass.tables.ports().name(number);
    note(pass, table, flow, "a copy leaves by " + name);
    if (journey.isOver()) {
      return;
    }
    journey.outputs.add(
        new SwitchOutput(
            pass.tables.bridge().name(),
            pass.tables.ports().id(number),
            port,
            packet,
            TunnelFields.leaving(pass, port),
            pass.number(FlowFields.PACKET_MARK),
            journey.lastStep()));
  }

  private void patch(Pass pass, int number, String peer, TableId table, Flow flow) {
    Optional<SwitchTables> other = engine.behind(peer);
    String name = pass.tables.ports().name(number);
    if (other.isEmpty()) {
      journey.giveUp(
          pass,
          Optional.of(table),
          Optional.of(flow),
          "patch port %s leads to %s, whose bridge isn't shown (ovs-vsctl show)"
              .formatted(name, peer));
      return;
    }
    String bridge = other.get().bridge().name();
    note(pass, table, flow, "by the patch port %s into %s".formatted(name, bridge));
    Pass inside = pass.inside(other.get());
    TunnelFields.clear(inside);
    inside.clearTracking();
    for (int index = 0; index < FlowFields.REGISTERS; index++) {
      inside.set(FlowFields.register(index), 0);
    }
    inside.set(FlowFields.METADATA, 0);
    inside.set(FlowFields.IN_PORT, Integer.toUnsignedLong(other.get().ports().number(peer)));
    engine.enter(inside, journey, actions.tables());
  }
}
