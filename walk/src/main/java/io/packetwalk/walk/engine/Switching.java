package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchOutput;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.SwitchPortKind;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes a frame through a switch of Open vSwitch in a node: in by one of its ports, through the
 * flow tables, and on from each port that they send it out of — to a pod, into the node's own
 * stack, into a tunnel, onto a wire (the kernel's ovs_vport_receive and ovs_vport_send).
 */
final class Switching {
  private final Engine engine;

  Switching(Engine engine) {
    this.engine = engine;
  }

  /**
   * Takes a frame in by a port.
   *
   * @param device the port's: of an internal one what the stack sends out, of others what they
   *     receive
   */
  List<Branch> enter(Trail trail, Stack stack, InFlight frame, String device) {
    Optional<Switch> bridge = bridgeOf(stack, device);
    if (bridge.isEmpty()) {
      return trail.undetermined(Unmodelled.openVswitch(stack.id(), device, source(stack, device)));
    }
    PortId port = bridge.get().name().equals(device) ? PortId.of(PortId.LOCAL) : PortId.of(device);
    return enter(trail, stack, frame, bridge.get(), port, TunnelMetadata.NONE);
  }

  /** The switch that has this device as a port, its own among them. */
  static Optional<Switch> bridgeOf(Stack stack, String device) {
    return stack
        .namespace()
        .openVswitch()
        .withPort(device)
        .or(() -> stack.namespace().openVswitch().named(device));
  }

  /** Takes in what was inside a tunnel's packet, with what the tunnel's headers said. */
  List<Branch> enter(
      Trail trail, Stack stack, InFlight frame, Switch bridge, PortId port, TunnelMetadata tunnel) {
    if (!engine.mayGoOn(trail)) {
      return trail.undetermined(Unmodelled.tooLarge(stack.id()));
    }
    Optional<Source> restoring = stack.namespace().openVswitch().restoring();
    if (restoring.isPresent()) {
      return trail.undetermined(Unmodelled.restoring(stack.id(), restoring.get()));
    }
    Optional<Ethernet> link = Headers.ethernet(frame.packet());
    if (link.isPresent() && isUnknown(link.get())) {
      return trail.undetermined(addressesMissing(stack, bridge));
    }
    if (bridge.flows().isUnknown()) {
      return trail.undetermined(flowsMissing(stack, bridge));
    }
    Arrival arrival =
        new Arrival(
            bridge.name(),
            port,
            frame.packet(),
            tunnel,
            bridge.isUserSpace() ? 0 : frame.mark(),
            frame.tracking().switchedIn(stack.id()));
    List<Branch> branches = new ArrayList<>();
    SwitchSteps steps = new SwitchSteps(engine.world.flowMeaning(stack.id()));
    for (SwitchBranch way : engine.world.switches(stack.id()).walk(arrival)) {
      Trail passed = trail.weighing(way.weight()).assuming(located(stack, way));
      branches.addAll(
          leave(steps.onto(passed, stack.id(), way, frame.packet()), stack, frame, way, steps));
    }
    return branches;
  }

  /** A switch's assumptions, with the machine that their commands have to run on. */
  private static List<Assumption> located(Stack stack, SwitchBranch way) {
    return way.assumptions().stream()
        .map(one ->
            new Assumption(one.text(), Commands.in(stack.id(), one.command()), one.grounds()))
        .toList();
  }

  private List<Branch> leave(
      Trail trail, Stack stack, InFlight frame, SwitchBranch way, SwitchSteps steps) {
    if (way.outputs().isEmpty()) {
      return ended(trail, stack, way, steps);
    }
    List<List<Branch>> copies =
        way.outputs().stream().map(output -> out(trail, stack, frame, way, output)).toList();
    return copies.stream().min(Comparator.comparingInt(Switching::rank)).orElseThrow();
  }

  /** Of several copies, the one that gets farthest is the packet whose way is asked for. */
  private static int rank(List<Branch> branches) {
    return branches.stream()
        .mapToInt(branch ->
            switch (branch.verdict()) {
              case DELIVERED -> 0;
              case LEFT -> 1;
              case UNDETERMINED -> 2;
              case REJECTED -> 3;
              case LOOPED -> 4;
              case DROPPED -> 5;
            })
        .min()
        .orElse(6);
  }

  private static List<Branch> ended(Trail trail, Stack stack, SwitchBranch way, SwitchSteps steps) {
    if (way.undetermined().isPresent()) {
      return trail.undetermined(
          new Assumption(
              way.undetermined().get() + " (" + stack.id() + ")",
              Commands.in(stack.id(), "ovs-appctl ofproto/trace " + bridgeOf(way) + " …")));
    }
    if (way.toController()) {
      return trail.undetermined(
          new Assumption(
              "the packet goes to the controller of "
                  + bridgeOf(way)
                  + " of "
                  + stack.id()
                  + ", and what that does with it isn't in the state",
              Commands.in(stack.id(), "ovs-vsctl get-controller " + bridgeOf(way))));
    }
    String last = way.steps().isEmpty() ? "nothing is sent" : steps.sentence(way.steps().getLast());
    return trail.end(Verdict.DROPPED, bridgeOf(way) + " of " + stack.id() + " drops it: " + last);
  }

  private static String bridgeOf(SwitchBranch way) {
    return way.steps().isEmpty() ? "the bridge" : way.steps().getLast().bridge();
  }

  private List<Branch> out(
      Trail trail, Stack stack, InFlight frame, SwitchBranch way, SwitchOutput output) {
    if (output.port().isEmpty()) {
      return trail.undetermined(
          new Assumption(
              "which device port "
                  + output.id()
                  + " of "
                  + output.bridge()
                  + " of "
                  + stack.id()
                  + " is isn't in the state",
              Commands.in(stack.id(), "ovs-ofctl show " + output.bridge())));
    }
    SwitchPort port = output.port().get();
    InFlight sent =
        new InFlight(
            output.packet(),
            isUserSpace(stack, output) ? 0 : output.mark(),
            Optional.empty(),
            Optional.empty(),
            frame.tracking().switching(stack.id(), way.commits()));
    return switch (SwitchPortKind.of(stack.namespace(), port)) {
      case SwitchPortKind.Internal internal -> toStack(trail, stack, sent, port);
      case SwitchPortKind.OfSystem system -> toDevice(trail, stack, sent, port);
      case SwitchPortKind.Tunnel ignored when isUserSpace(stack, output) ->
          trail.undetermined(Unmodelled.ownTunnel(stack.id(), port));
      case SwitchPortKind.Tunnel tunnel ->
          engine.switchTunnels.send(
              tunnel.assumption().map(trail::assuming).orElse(trail),
              stack,
              sent,
              port,
              tunnel.type(),
              output.tunnel());
      case SwitchPortKind.Other other ->
          trail.undetermined(
              Unmodelled.device(stack.id(), port.device(), other.name(), List.of(port.source())));
    };
  }

  /** No mark comes from or into packets that Open vSwitch takes from devices and gives to them. */
  private static boolean isUserSpace(Stack stack, SwitchOutput output) {
    return stack
        .namespace()
        .openVswitch()
        .named(output.bridge())
        .filter(Switch::isUserSpace)
        .isPresent();
  }

  /** Into the stack that has the internal device: a node's own, or one that it was moved to. */
  private List<Branch> toStack(Trail trail, Stack stack, InFlight frame, SwitchPort port) {
    Stack owner = ownerOf(stack, port.device());
    Optional<Device> device = owner.device(port.device());
    if (device.isPresent() && exceedsMtu(trail, frame, device.get())) {
      return tooLarge(trail, owner, frame, device.get());
    }
    return engine.ingress.receive(trail, owner, port.device(), frame, List.of(port.source()));
  }

  private Stack ownerOf(Stack stack, String device) {
    if (stack.device(device).isPresent() || !stack.namespace().links().devices().isComplete()) {
      return stack;
    }
    return engine.world.snapshot().namespaces().keySet().stream()
        .filter(id -> id.node().equals(stack.id().node()))
        .map(engine::stack)
        .filter(other -> other.device(device).isPresent())
        .findFirst()
        .orElse(stack);
  }

  private List<Branch> toDevice(Trail trail, Stack stack, InFlight frame, SwitchPort port) {
    Optional<Device> device = stack.device(port.device());
    if (device.isPresent() && exceedsMtu(trail, frame, device.get())) {
      return tooLarge(trail, stack, frame, device.get());
    }
    return engine.egress.send(trail, stack, frame, port.device(), Optional.empty());
  }

  /**
   * The data path drops what exceeds a port's MTU, which is the network layer's (packet_length).
   */
  private static boolean exceedsMtu(Trail trail, InFlight frame, Device device) {
    return device.mtu().isPresent() && trail.sizeOf(frame.packet()) > device.mtu().getAsInt();
  }

  private static List<Branch> tooLarge(Trail trail, Stack stack, InFlight frame, Device device) {
    String decision =
        "Open vSwitch drops the packet of "
            + trail.sizeOf(frame.packet())
            + " bytes: it exceeds the MTU of "
            + device.mtu().getAsInt()
            + " of "
            + device.name();
    Step step =
        new Step(
            stack.id(),
            device.name(),
            Stage.OPENFLOW,
            Action.DROP,
            decision,
            List.of(device.source()),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + decision);
  }

  /** Flows match link-layer addresses, so a frame whose addresses aren't known can't be walked. */
  private static boolean isUnknown(Ethernet link) {
    return link.source().equals(MacAddress.ZERO) || link.destination().equals(MacAddress.ZERO);
  }

  private static Assumption addressesMissing(Stack stack, Switch bridge) {
    return new Assumption(
        "which link-layer addresses the frame has that comes into "
            + bridge.name()
            + " of "
            + stack.id()
            + " isn't in the state",
        Commands.in(stack.id(), "ip neigh; ovs-ofctl dump-flows " + bridge.name()));
  }

  private static Assumption flowsMissing(Stack stack, Switch bridge) {
    return new Assumption(
        "the flow tables of " + bridge.name() + " of " + stack.id() + " aren't in the state",
        Commands.in(
            stack.id(),
            "ovs-ofctl dump-flows "
                + bridge.name()
                + " -O OpenFlow15; ovs-ofctl dump-groups "
                + bridge.name()
                + " -O OpenFlow15"),
        bridge.ports().seenAt());
  }

  private static List<Source> source(Stack stack, String device) {
    return stack.device(device).map(Device::source).map(List::of).orElse(List.of());
  }
}
