package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.walk.openflow.Arrival;
import io.packetwalk.walk.openflow.SwitchBranch;
import io.packetwalk.walk.openflow.SwitchOutput;
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Cable;
import io.packetwalk.walk.topology.Segment;
import io.packetwalk.walk.topology.SwitchAttachments;
import io.packetwalk.walk.topology.SwitchPortKind;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks for a neighbour through a switch of Open vSwitch: the question goes through the flow tables
 * like any frame. A flow may answer it itself and send it back, or let it through to who has the
 * address; then the answer has to find its way back through the tables as well.
 */
final class SwitchNeighbours {
  private final World world;
  private final Answering answering;

  SwitchNeighbours(World world, Answering answering) {
    this.world = world;
    this.answering = answering;
  }

  /**
   * What came of the question.
   *
   * @param answer empty when nobody answered
   * @param certain whether nobody answering means that nobody would
   */
  record Finding(Optional<Answering.Yes> answer, boolean certain) {}

  private static final Finding UNCLEAR = new Finding(Optional.empty(), false);

  /** A port by which a device's frames come into a switch. */
  private record Entrance(Stack host, Switch bridge, String device) {}

  /** Empty when the device's frames don't come into a switch, or its flows aren't known. */
  Optional<Finding> ask(Stack stack, String device, Answering.Request request) {
    return entrance(stack, device)
        .filter(found -> !found.bridge().flows().isUnknown())
        .filter(found -> request.sender().isPresent())
        .map(found -> ask(found, request));
  }

  private Optional<Entrance> entrance(Stack stack, String device) {
    Optional<Entrance> internal =
        Switching.bridgeOf(stack, device)
            .filter(bridge -> isInternal(stack, bridge, device))
            .map(bridge -> new Entrance(stack, bridge, device));
    return internal.or(() ->
        world.cabling().from(stack.id(), device) instanceof Cable.To to
            ? behindCable(world.stack(to.namespace()), to.device())
            : Optional.empty());
  }

  private static boolean isInternal(Stack stack, Switch bridge, String device) {
    return bridge.name().equals(device)
        || bridge
            .port(device)
            .map(port -> SwitchPortKind.of(stack.namespace(), port))
            .filter(SwitchPortKind.Internal.class::isInstance)
            .isPresent();
  }

  private static Optional<Entrance> behindCable(Stack host, String device) {
    return Switching.bridgeOf(host, device)
        .filter(bridge -> !isInternal(host, bridge, device))
        .map(bridge -> new Entrance(host, bridge, device));
  }

  private Finding ask(Entrance from, Answering.Request request) {
    Packet question = NeighbourMessages.question(request);
    List<SwitchBranch> ways = through(from, from.device(), question);
    if (ways.size() != 1 || ways.getFirst().undetermined().isPresent()) {
      return UNCLEAR;
    }
    SwitchBranch way = ways.getFirst();
    boolean certain = !way.toController();
    for (SwitchOutput output : way.outputs()) {
      Optional<Answering.Yes> byFlow = answeredByFlow(from, way, output, request);
      if (byFlow.isPresent()) {
        return new Finding(byFlow, true);
      }
      Finding there = behind(from, output, request);
      if (there.answer().isPresent()) {
        return there;
      }
      certain &= there.certain();
    }
    return new Finding(Optional.empty(), certain);
  }

  private List<SwitchBranch> through(Entrance at, String device, Packet frame) {
    PortId port = at.bridge().name().equals(device) ? PortId.of(PortId.LOCAL) : PortId.of(device);
    return world
        .switches(at.host().id())
        .walk(new Arrival(at.bridge().name(), port, frame, TunnelMetadata.NONE, 0, List.of()));
  }

  private static boolean isBack(Entrance from, SwitchOutput output) {
    return output.port().map(SwitchPort::device).filter(from.device()::equals).isPresent();
  }

  private static Optional<Answering.Yes> answeredByFlow(
      Entrance from, SwitchBranch way, SwitchOutput output, Answering.Request request) {
    return output
        .packet()
        .first(Arp.class)
        .filter(message -> isBack(from, output))
        .filter(message -> message.operation() == Arp.REPLY)
        .filter(message -> message.senderAddress().equals(request.asked()))
        .map(message ->
            new Answering.Yes(
                message.senderMac(),
                "a flow of "
                    + from.bridge().name()
                    + " answers for "
                    + request.asked()
                    + " with "
                    + message.senderMac(),
                evidence(way),
                true));
  }

  private static List<Source> evidence(SwitchBranch way) {
    return way.steps().reversed().stream()
        .map(step -> step.evidence().stream().findFirst())
        .flatMap(Optional::stream)
        .limit(1)
        .toList();
  }

  private Finding behind(Entrance from, SwitchOutput output, Answering.Request request) {
    if (isBack(from, output) || output.port().isEmpty()) {
      return new Finding(Optional.empty(), output.port().isPresent());
    }
    SwitchPort port = output.port().get();
    return switch (SwitchPortKind.of(from.host().namespace(), port)) {
      case SwitchPortKind.Internal internal ->
          asked(from, port, from.host().id(), port.device(), request);
      case SwitchPortKind.OfSystem system ->
          world.cabling().from(from.host().id(), port.device()) instanceof Cable.To to
              ? asked(from, port, to.namespace(), to.device(), request)
              : UNCLEAR;
      case SwitchPortKind.Tunnel tunnel ->
          new Finding(Optional.empty(), !output.tunnel().isPresent());
      case SwitchPortKind.Other other -> UNCLEAR;
    };
  }

  private Finding asked(
      Entrance from,
      SwitchPort port,
      NamespaceId namespace,
      String device,
      Answering.Request request) {
    return switch (answering.to(Segment.Endpoint.at(namespace, device), request)) {
      case Answering.Yes yes -> comesBack(from, port, withKnownMac(namespace, yes), request);
      case Answering.No no -> new Finding(Optional.empty(), true);
      case Answering.Maybe maybe -> inVain(from, port, namespace, request);
      case Answering.Unclear unclear -> UNCLEAR;
    };
  }

  /** Whether somebody answers or not doesn't matter where the flows would let no answer through. */
  private Finding inVain(
      Entrance from, SwitchPort port, NamespaceId namespace, Answering.Request request) {
    return world
        .attachments()
        .of(namespace)
        .flatMap(SwitchAttachments.Attachment::mac)
        .map(mac -> comesBack(from, port, new Answering.Yes(mac, "", List.of(), false), request))
        .filter(finding -> finding.answer().isEmpty())
        .orElse(UNCLEAR);
  }

  /** Of a pod that nobody looked into, the flows may tell the address. */
  private Answering.Yes withKnownMac(NamespaceId namespace, Answering.Yes yes) {
    if (!yes.mac().equals(MacAddress.ZERO)) {
      return yes;
    }
    Optional<SwitchAttachments.Attachment> known = world.attachments().of(namespace);
    Optional<MacAddress> mac = known.flatMap(SwitchAttachments.Attachment::mac);
    if (mac.isEmpty()) {
      return yes;
    }
    List<Source> evidence = new ArrayList<>(known.get().evidence());
    evidence.addAll(yes.evidence());
    return new Answering.Yes(
        mac.get(), yes.decision() + ", which answers with " + mac.get(), evidence, false);
  }

  private Finding comesBack(
      Entrance from, SwitchPort port, Answering.Yes yes, Answering.Request request) {
    List<SwitchBranch> ways =
        through(from, port.device(), NeighbourMessages.answer(request, yes.mac()));
    boolean unclear =
        ways.stream().anyMatch(way -> way.undetermined().isPresent() || way.toController());
    boolean back =
        ways.stream().flatMap(way -> way.outputs().stream()).anyMatch(out -> isBack(from, out));
    return back ? new Finding(Optional.of(yes), true) : new Finding(Optional.empty(), !unclear);
  }
}
