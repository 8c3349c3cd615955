package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgeGroups;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.MulticastSnooping;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.Bridges;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Bridges that send what is for a group to those who asked for it and to routers, where a querier
 * makes them ask (br_handle_frame_finish, br_multicast_querier_exists).
 *
 * <p>Frames for 224.0.0.0/24 and ff02::1 go to everybody. Of a group for which nobody has asked
 * routers get what there is.
 */
final class BridgeSnooping {
  private final Stack stack;
  private final String bridge;
  private final IpAddress group;
  private final MulticastSnooping snooping;
  private final Optional<BridgeGroups> database;

  private BridgeSnooping(Stack stack, String bridge, IpAddress group, MulticastSnooping snooping) {
    this.stack = stack;
    this.bridge = bridge;
    this.group = group;
    this.snooping = snooping;
    this.database = stack.namespace().links().groupsOf(bridge);
  }

  /** Who gets a frame for many. */
  sealed interface Receivers {}

  /** Everybody who doesn't refuse it. */
  record Everybody(Optional<Assumption> assumption) implements Receivers {}

  /**
   * Those who asked, and routers.
   *
   * @param ports why each of them gets it
   * @param own why the bridge's own stack gets it; empty where it doesn't
   */
  record Some(
      IpAddress group,
      Map<String, Reason> ports,
      Optional<Reason> own,
      Optional<Assumption> assumption)
      implements Receivers {}

  /** What decides isn't in the state. */
  record Open(Assumption missing) implements Receivers {}

  /**
   * Why a port gets a frame.
   *
   * @param asFrameForOne whether it gets a copy for each who asked, to his own address
   */
  record Reason(String text, List<Source> evidence, boolean asFrameForOne) {}

  static Receivers of(Stack stack, InFlight frame, String bridge, OptionalInt vlan) {
    Optional<IpAddress> group =
        Headers.ip(frame.packet())
            .map(Ip::destination)
            .filter(address -> address.isMulticast() && !Groups.isNeverLimited(address));
    return group
        .map(address ->
            new BridgeSnooping(stack, bridge, address, snooping(stack, bridge)).receivers(vlan))
        .orElse(new Everybody(Optional.empty()));
  }

  private static MulticastSnooping snooping(Stack stack, String bridge) {
    return stack.device(bridge).map(Device::kind).orElseGet(DeviceKind.Ethernet::new)
            instanceof DeviceKind.Bridge known
        ? known.snooping()
        : MulticastSnooping.NOT_SHOWN;
  }

  private Receivers receivers(OptionalInt vlan) {
    return switch (snooping.state()) {
      case OFF -> new Everybody(Optional.empty());
      case NOT_SHOWN -> new Everybody(Optional.of(noQuerier()));
      case ON -> ifAsked(vlan);
      case QUERYING -> asksItself() ? limited(vlan, Optional.empty()) : ifAsked(vlan);
    };
  }

  /** Over IPv6 a bridge asks from an address of its own (BROPT_HAS_IPV6_ADDR). */
  private boolean asksItself() {
    return group.isIpv4()
        || !stack.namespace().links().addresses().isComplete()
        || stack
            .namespace()
            .links()
            .addressesOf(bridge)
            .anyMatch(address -> address.address().isIpv6());
  }

  /** Who asks elsewhere is behind a port that leads to a router (br_multicast_mark_router). */
  private Receivers ifAsked(OptionalInt vlan) {
    Optional<List<String>> routers = database.flatMap(BridgeGroups::routers);
    if (routers.isEmpty()) {
      return new Everybody(Optional.of(noQuerier()));
    }
    Optional<String> learned =
        routers.get().stream().filter(port -> !isRouterByItself(port)).findFirst();
    return learned.isEmpty()
        ? new Everybody(Optional.empty())
        : limited(vlan, Optional.of(querierBehind(learned.get())));
  }

  private boolean isRouterByItself(String port) {
    return Bridges.port(stack.namespace(), port)
        .flatMap(known -> known.setting(BridgePort.ROUTER))
        .orElse(false);
  }

  private Receivers limited(OptionalInt vlan, Optional<Assumption> querier) {
    if (snooping.perVlan()) {
      return new Open(missing("whether VLANs of " + at() + " have queriers of their own"));
    }
    if (database.isEmpty()) {
      return new Open(missing("which ports of " + at() + " have asked for the group " + group));
    }
    List<BridgeGroups.Entry> asked =
        database.get().entries().stream()
            .filter(entry -> entry.group().equals(group) && entry.vlan().equals(vlan))
            .toList();
    boolean sources = group.isIpv4() ? snooping.igmpSources() : snooping.mldSources();
    if (sources && asked.stream().anyMatch(BridgeGroups.Entry::isBySource)) {
      return new Open(
          missing("which sources of the group " + group + " ports of " + at() + " want"));
    }
    Map<String, Reason> ports = new LinkedHashMap<>();
    asked.stream()
        .filter(entry -> entry.sender().isEmpty())
        .forEach(entry -> ports.put(entry.port(), member(entry)));
    for (String router : routers()) {
      ports.put(router, router(router));
    }
    Optional<Reason> own = Optional.ofNullable(ports.remove(bridge));
    return new Some(
        group,
        ports,
        snooping.router() ? Optional.of(router(bridge)) : own,
        querier.or(this::noOtherRouter));
  }

  private List<String> routers() {
    List<String> routers =
        new ArrayList<>(database.flatMap(BridgeGroups::routers).orElse(List.of()));
    Bridges.portsOf(stack.namespace(), bridge).stream()
        .filter(this::isRouterByItself)
        .filter(port -> !routers.contains(port))
        .forEach(routers::add);
    return routers;
  }

  private Reason member(BridgeGroups.Entry entry) {
    boolean single =
        Bridges.port(stack.namespace(), entry.port())
            .flatMap(port -> port.setting("mcast_to_unicast"))
            .orElse(false);
    return new Reason("which has asked for " + group, List.of(entry.source()), single);
  }

  private Reason router(String port) {
    List<Source> evidence = new ArrayList<>();
    Bridges.port(stack.namespace(), port).map(BridgePort::source).ifPresent(evidence::add);
    database.map(BridgeGroups::source).ifPresent(evidence::add);
    return new Reason("which leads to a multicast router", evidence, false);
  }

  private String at() {
    return bridge + " of " + stack.id();
  }

  private Optional<Assumption> noOtherRouter() {
    return database.flatMap(BridgeGroups::routers).isPresent()
        ? Optional.empty()
        : Optional.of(
            new Assumption("no port of " + at() + " leads to a multicast router", command()));
  }

  private Assumption querierBehind(String port) {
    return new Assumption(
        "the multicast router behind "
            + port
            + " of "
            + at()
            + " asks who wants which group, so that only those get frames for "
            + group,
        command(),
        List.of(database.orElseThrow().source()));
  }

  /** That nobody else asks. */
  private Assumption noQuerier() {
    return new Assumption(
        "no querier makes " + at() + " keep frames for the group " + group + " from some ports",
        command(),
        List.of());
  }

  private Assumption missing(String what) {
    return new Assumption(
        what + " decides, and isn't in the state",
        command(),
        stack.device(bridge).map(Device::source).stream().toList());
  }

  private String command() {
    return Commands.in(stack.id(), "bridge -d mdb show dev " + bridge);
  }
}
