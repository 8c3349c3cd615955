package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.FdbEntry;
import io.packetwalk.model.net.RouteEncapsulation.TunnelHeader;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Puts VXLAN's headers in front of a frame, by the forwarding database (vxlan_xmit). */
final class VxlanEgress {
  private final Engine engine;

  VxlanEgress(Engine engine) {
    this.engine = engine;
  }

  List<Branch> send(
      Trail trail, Stack stack, InFlight frame, String device, DeviceKind.Vxlan vxlan) {
    if (vxlan.external()) {
      return external(trail, stack, frame, device, vxlan);
    }
    if (vxlan.vni().isEmpty()) {
      return trail.undetermined(
          Unmodelled.device(
              stack.id(),
              device,
              "VXLAN without a fixed VNI",
              TunnelEgress.sources(stack, device)));
    }
    MacAddress destination =
        Headers.ethernet(frame.packet()).map(Ethernet::destination).orElse(MacAddress.ZERO);
    Optional<BridgeGroups> groups =
        stack
            .namespace()
            .links()
            .groupsOf(device)
            .filter(database -> destination.isGroup() && !database.entries().isEmpty());
    if (groups.isPresent()) {
      return trail.undetermined(
          Unmodelled.device(
              stack.id(),
              device,
              "a VXLAN device with a multicast database",
              List.of(groups.get().source())));
    }
    Optional<FdbEntry> group = VxlanRemote.byNextHops(stack, device, destination);
    if (group.isPresent()) {
      return trail.undetermined(byNextHops(stack, group.get()));
    }
    List<VxlanRemote> remotes =
        VxlanRemote.of(stack, device, vxlan, destination, engine.neighbours.memory());
    if (remotes.isEmpty()) {
      return noRemote(trail, stack, frame, device, destination);
    }
    List<Copies.Copy> copies = new ArrayList<>();
    for (VxlanRemote remote : remotes) {
      copies.add(copy -> toRemote(copy, stack, frame, device, destination, remote, remotes.size()));
    }
    List<Branch> branches = Copies.of(trail, copies);
    return isForMany(remotes) ? Copies.heeded(branches) : branches;
  }

  private static Assumption byNextHops(Stack stack, FdbEntry entry) {
    String number = entry.nextHop().orElseThrow();
    return new Assumption(
        "where "
            + entry.device()
            + " of "
            + stack.id()
            + " sends what is for "
            + entry.mac()
            + " the next hop "
            + number
            + " says, which isn't walked",
        Commands.in(stack.id(), "ip nexthop show id " + number),
        List.of(entry.source()));
  }

  private static boolean isForMany(List<VxlanRemote> remotes) {
    return remotes.size() > 1 || remotes.getFirst().address().isMulticast();
  }

  private List<Branch> toRemote(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      MacAddress destination,
      VxlanRemote end,
      int copies) {
    DeviceKind.Vxlan vxlan = end.settings();
    IpAddress remote = end.address();
    List<Source> evidence = new ArrayList<>();
    if (end.by() instanceof VxlanRemote.ByEntry by) {
      evidence.add(by.entry().source());
    }
    evidence.addAll(TunnelEgress.sources(stack, device));
    String decision =
        "VXLAN "
            + vxlan.vni().getAsInt()
            + ": "
            + destination
            + (remote.isMulticast() ? " is behind the group " : " is behind ")
            + remote
            + said(end.by())
            + (copies > 1 ? ", one of " + copies + " copies" : "");
    return TunnelSources.each(
        trail,
        stack,
        frame,
        device,
        vxlan.local(),
        remote,
        vxlan.underlay(),
        /* silently= */ true,
        (chosen, source, underlay) -> {
          InFlight outer = frame.withPacket(outside(frame.packet(), vxlan, source, remote));
          return isHere(stack, outer, vxlan)
              ? straight(chosen, stack, frame, device, vxlan, decision, evidence)
              : TunnelSizes.refused(engine, chosen, stack, frame, outer, device, underlay)
                  .orElseGet(() ->
                      engine.tunnelEgress.encapsulated(
                          chosen, stack, outer, device, decision, evidence, underlay));
        });
  }

  private static String said(VxlanRemote.Said by) {
    return switch (by) {
      case VxlanRemote.ByEntry entry -> " by the fdb";
      case VxlanRemote.ByDefault settings -> ", the default destination";
      case VxlanRemote.ByFrame frame -> ", from where it was heard";
    };
  }

  /** What the packet's route says decides, not the forwarding database (vxlan_xmit_one). */
  private List<Branch> external(
      Trail trail, Stack stack, InFlight frame, String device, DeviceKind.Vxlan vxlan) {
    if (frame.wrapping().isEmpty()) {
      return ExternalMode.unsaid(trail, stack, frame, device);
    }
    TunnelHeader header = frame.wrapping().get();
    Optional<String> refused = ExternalMode.whyNot(header, Optional.empty());
    if (refused.isPresent()) {
      return TunnelEgress.dropped(trail, stack, frame, device, refused.get());
    }
    IpAddress remote = header.destination().orElseThrow();
    DeviceKind.Vxlan told = ExternalMode.as(vxlan, header);
    return TunnelSources.each(
        trail,
        stack,
        frame,
        device,
        told.local(),
        remote,
        told.underlay(),
        /* silently= */ true,
        (chosen, source, underlay) ->
            engine.tunnelEgress.encapsulated(
                chosen,
                stack,
                frame.withPacket(outside(frame.packet(), told, source, remote)),
                device,
                "VXLAN " + told.vni().orElseThrow() + ": to " + remote + " by the route's encap",
                TunnelEgress.sources(stack, device),
                underlay));
  }

  /** Whether the remote is this stack, to which VXLAN doesn't send (encap_bypass_if_local). */
  private static boolean isHere(Stack stack, InFlight outer, DeviceKind.Vxlan vxlan) {
    FlowKey key =
        FlowKey.of(outer.packet(), Headers.ip(outer), FlowKey.LOCALLY, outer.mark())
            .boundTo(vxlan.underlay());
    return vxlan.localBypass()
        && switch (RouteLookup.decide(stack, key)) {
          case RouteDecision.Found found -> found.route().type() == RouteType.LOCAL;
          case RouteDecision.OwnAddress own -> true;
          case RouteDecision.Broadcast broadcast -> false;
          case RouteDecision.RefusedByRule refused -> false;
          case RouteDecision.NoRoute none -> false;
          case RouteDecision.Unknown unknown -> false;
        };
  }

  /** Hands the frame to the stack's own device of that VNI, as it is (vxlan_encap_bypass). */
  private List<Branch> straight(
      Trail trail,
      Stack stack,
      InFlight frame,
      String device,
      DeviceKind.Vxlan vxlan,
      String decision,
      List<Source> evidence) {
    int vni = vxlan.vni().orElseThrow();
    Optional<Device> taker = VxlanIngress.device(stack, vxlan.port().orElse(Vxlan.PORT), vni);
    if (taker.isEmpty()) {
      return TunnelEgress.dropped(
          trail,
          stack,
          frame,
          device,
          decision + ", which is this machine, and no device of it takes VXLAN " + vni);
    }
    String name = taker.get().name();
    Step step =
        new Step(
            stack.id(),
            device,
            Stage.TUNNEL,
            Action.FORWARD,
            decision + ", which is this machine: straight to " + name,
            evidence,
            frame.packet());
    return engine.ingress.bypassing(
        trail.then(step), stack, name, frame, List.of(taker.get().source()));
  }

  private static Packet outside(
      Packet frame, DeviceKind.Vxlan vxlan, IpAddress source, IpAddress remote) {
    int port = vxlan.port().orElse(Vxlan.PORT);
    int hopLimit = hopLimit(frame, vxlan.ttl(), remote);
    Ip outer =
        source.isIpv4()
            ? TunnelEgress.withFragmentFlag(
                Ipv4.of(source, remote, IpProtocol.UDP, hopLimit),
                TunnelSizes.dontFragment(vxlan.dontFragment(), frame))
            : Ipv6.of(source, remote, IpProtocol.UDP, hopLimit);
    return frame
        .within(Vxlan.of(vxlan.vni().getAsInt()))
        .within(TunnelEgress.udp(port, source, vxlan.checksums()))
        .within(outer.asLayer());
  }

  /** Where the device says none, packets for a group stay on the link (vxlan_xmit_one). */
  static int hopLimit(Packet frame, OptionalInt shown, IpAddress remote) {
    int told = shown.orElse(0) == DeviceKind.INHERITED ? inside(frame) : shown.orElse(0);
    int usual = remote.isMulticast() ? 1 : TunnelEgress.DEFAULT_HOP_LIMIT;
    return told == 0 ? usual : told;
  }

  /** Of a frame that has none the usual counts (ip_tunnel_get_ttl). */
  private static int inside(Packet frame) {
    return frame.layers().stream()
        .filter(Ip.class::isInstance)
        .map(layer -> ((Ip) layer).hopLimit())
        .findFirst()
        .orElse(0);
  }

  private static List<Branch> noRemote(
      Trail trail, Stack stack, InFlight frame, String device, MacAddress destination) {
    Optional<Source> listing = stack.namespace().links().fdbShown(device);
    if (listing.isPresent()) {
      List<Source> evidence = new ArrayList<>(List.of(listing.get()));
      evidence.addAll(TunnelEgress.sources(stack, device));
      return TunnelEgress.dropped(
          trail,
          stack,
          frame,
          device,
          "the fdb has no entry for " + destination + " and no default destination",
          evidence);
    }
    return trail.undetermined(
        new Assumption(
            "the forwarding database of " + device + " of " + stack.id() + " isn't in the state",
            Commands.in(stack.id(), "bridge fdb show dev " + device)));
  }
}
