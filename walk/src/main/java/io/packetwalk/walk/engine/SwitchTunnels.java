package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
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
import io.packetwalk.walk.openflow.TunnelMetadata;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.SwitchPortKind;
import io.packetwalk.walk.topology.SwitchTunnelType;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tunnel ports of a switch: puts headers in front of what the flows send out of them, and takes
 * in what comes for them with what its headers said (Open vSwitch's tunnel.c, the kernel's
 * geneve_xmit, vxlan_xmit and gre_fb_xmit in collect metadata mode).
 */
final class SwitchTunnels {
  private static final String BY_FLOW = "flow";

  /** A frame that fits into one segment on any path: IPv6 demands 1280 bytes of every link. */
  private static final int LARGEST_STT_FRAME = 1200;

  private final Engine engine;

  SwitchTunnels(Engine engine) {
    this.engine = engine;
  }

  List<Branch> send(
      Trail trail,
      Stack stack,
      InFlight frame,
      SwitchPort port,
      SwitchTunnelType type,
      TunnelMetadata chosen) {
    String device = type.deviceName(port);
    Optional<IpAddress> remote = fixed(port, "remote_ip").or(chosen::destination);
    if (remote.isEmpty() || remote.get().isUnspecified()) {
      return dropped(
          trail, stack, frame, port, "no flow has set where " + port.device() + " sends to");
    }
    if (type == SwitchTunnelType.STT && Sizes.ofFrame(frame.packet()) > LARGEST_STT_FRAME) {
      return trail.undetermined(
          Unmodelled.device(
              stack.id(),
              port.device(),
              "STT, which cuts so large a frame into segments as the network card is able to",
              List.of(port.source())));
    }
    Optional<Device> listed = stack.device(device);
    Optional<String> closed = listed.flatMap(Egress::whyClosed);
    if (closed.isPresent()) {
      return dropped(trail, stack, frame, port, device + ": " + closed.get());
    }
    Optional<IpAddress> source =
        fixed(port, "local_ip")
            .or(chosen::source)
            .filter(address -> !address.isUnspecified())
            .or(() ->
                TunnelEgress.localEnd(stack, Optional.empty(), remote.get(), Optional.empty()));
    if (source.isEmpty()) {
      return trail.undetermined(TunnelEgress.sourceMissing(stack, port.device(), remote.get()));
    }
    SwitchTunnelHeaders headers = new SwitchTunnelHeaders(port, type, chosen);
    Packet outer = headers.around(frame.packet(), source.get(), remote.get());
    String where =
        port.options().getOrDefault("remote_ip", BY_FLOW).equals(BY_FLOW)
            ? "the flow's"
            : "its own";
    String decision =
        headers.name()
            + " by "
            + port.device()
            + ": outer header "
            + source.get()
            + " → "
            + remote.get()
            + ", "
            + where
            + " remote address";
    List<Source> evidence = new ArrayList<>(List.of(port.source()));
    listed.map(Device::source).ifPresent(evidence::add);
    Trail able =
        type == SwitchTunnelType.STT && listed.isEmpty()
            ? trail.assuming(ownModule(stack.id(), port))
            : trail;
    Trail sent =
        listed.isPresent()
            ? able.then(seen(stack, frame, listed.get(), Stage.EGRESS, "out by "))
            : able;
    boolean otherFamily =
        (type == SwitchTunnelType.GRE && remote.get().isIpv6())
            || (type == SwitchTunnelType.IP6GRE && remote.get().isIpv4());
    if (otherFamily) {
      return dropped(
          sent,
          stack,
          frame,
          port,
          device + " carries over " + (remote.get().isIpv6() ? "IPv4" : "IPv6") + " only");
    }
    return engine.tunnelEgress.encapsulated(
        sent, stack, frame.withPacket(outer), device, decision, evidence, Optional.empty());
  }

  private static Assumption ownModule(NamespaceId node, SwitchPort port) {
    return new Assumption(
        "the kernel of %s has Open vSwitch's own module with STT, which Linux's doesn't know"
            .formatted(node),
        Commands.in(node, "ip -d link show stt_sys_7471"),
        List.of(port.source()));
  }

  /** An address that the port's options give, rather than a flow. */
  private static Optional<IpAddress> fixed(SwitchPort port, String option) {
    return Optional.ofNullable(port.options().get(option)).flatMap(IpAddress::parse);
  }

  /**
   * What a capture on the data path's own tunnel device shows: the packet without outer headers.
   */
  private static Step seen(Stack stack, InFlight frame, Device device, Stage stage, String word) {
    return new Step(
        stack.id(),
        device.name(),
        stage,
        Action.FORWARD,
        word + device.name(),
        List.of(device.source()),
        frame.packet());
  }

  /** Hands what is inside to the switch whose port the packet is for; empty when none takes it. */
  Optional<List<Branch>> open(Trail trail, Stack stack, InFlight packet) {
    Optional<SwitchTunnelHeaders.Opened> opened = SwitchTunnelHeaders.open(packet.packet());
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    for (Switch bridge : stack.namespace().openVswitch().switches()) {
      for (SwitchPort port : bridge.ports().entries()) {
        if (SwitchPortKind.of(stack.namespace(), port) instanceof SwitchPortKind.Tunnel tunnel
            && takes(port, tunnel.type(), opened.get())) {
          Trail taken = tunnel.assumption().map(trail::assuming).orElse(trail);
          return Optional.of(in(taken, stack, packet, bridge, port, tunnel.type(), opened.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean takes(
      SwitchPort port, SwitchTunnelType type, SwitchTunnelHeaders.Opened opened) {
    TunnelMetadata said = opened.metadata();
    boolean keyed = port.options().containsKey("key") || port.options().containsKey("in_key");
    String key = port.options().getOrDefault("in_key", port.options().getOrDefault("key", "0"));
    boolean keyFits = !keyed || key.equals(BY_FLOW) || isNumber(key, said.id());
    return type == opened.type()
        && type.transportPort(port) == opened.transportPort()
        && keyFits
        && fits(port, "remote_ip", said.source())
        && fits(port, "local_ip", said.destination());
  }

  private static boolean isNumber(String text, long number) {
    return text.equals(Long.toString(number)) || text.equals("0x" + Long.toHexString(number));
  }

  private static boolean fits(SwitchPort port, String option, Optional<IpAddress> address) {
    Optional<IpAddress> wanted = fixed(port, option);
    return wanted.isEmpty() || wanted.equals(address);
  }

  private List<Branch> in(
      Trail trail,
      Stack stack,
      InFlight packet,
      Switch bridge,
      SwitchPort port,
      SwitchTunnelType type,
      SwitchTunnelHeaders.Opened opened) {
    Optional<Device> device = type.device(stack.namespace(), port);
    Ip outer = Headers.ip(packet);
    Step step =
        new Step(
            stack.id(),
            type.deviceName(port),
            Stage.TUNNEL,
            Action.DECAPSULATE,
            opened.name()
                + " from "
                + outer.source()
                + ": the outer header is taken off, and "
                + bridge.name()
                + " gets the frame by "
                + port.device(),
            List.of(port.source()),
            opened.inner());
    InFlight inner =
        new InFlight(
            opened.inner(), packet.mark(), Optional.empty(), Optional.empty(), packet.tracking());
    Trail taken = trail.then(step);
    Trail seen =
        device
            .map(known -> taken.then(seen(stack, inner, known, Stage.INGRESS, "in by ")))
            .orElse(taken);
    return engine.switching.enter(
        seen, stack, inner, bridge, PortId.of(port.device()), opened.metadata());
  }

  /** Why nobody takes a Geneve packet in. */
  List<Branch> unreceived(Trail trail, Stack stack, InFlight packet, String name) {
    boolean known = !stack.namespace().openVswitch().switches().isEmpty();
    if (!known) {
      return trail.undetermined(
          new Assumption(
              "which tunnel ports Open vSwitch has on " + stack.id() + " isn't in the state",
              Commands.in(stack.id(), "ovs-vsctl show")));
    }
    Step step =
        new Step(
            stack.id(),
            packet.input().orElse(""),
            Stage.TUNNEL,
            Action.DROP,
            "no tunnel port takes " + name + at(packet),
            stack.namespace().openVswitch().switches().getFirst().ports().seenAt(),
            packet.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + step.decision());
  }

  /** The UDP or TCP port that a packet came to, which is what most often is another one. */
  private static String at(InFlight packet) {
    return SwitchTunnelHeaders.open(packet.packet())
        .map(SwitchTunnelHeaders.Opened::transportPort)
        .filter(port -> port > 0)
        .map(port -> " at port " + port)
        .orElse("");
  }

  private static List<Branch> dropped(
      Trail trail, Stack stack, InFlight frame, SwitchPort port, String why) {
    Step step =
        new Step(
            stack.id(),
            port.device(),
            Stage.TUNNEL,
            Action.DROP,
            why,
            List.of(port.source()),
            frame.packet());
    return trail.then(step).end(Verdict.DROPPED, stack.id() + ": " + why);
  }
}
