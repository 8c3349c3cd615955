package io.packetwalk.walk.engine;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GroupMembership;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.layer.Ethernet;
import java.util.Optional;

/** Addresses that several machines take packets for: broadcast and multicast. */
final class Groups {
  private static final IpAddress ALL_HOSTS = IpAddress.of("224.0.0.1");
  private static final IpAddress ALL_NODES = IpAddress.of("ff02::1");
  private static final IpAddress ALL_NODES_HERE = IpAddress.of("ff01::1");
  private static final IpAddress ALL_ROUTERS = IpAddress.of("ff02::2");
  private static final long SOLICITED_HIGH = 0xff02_0000_0000_0000L;
  private static final long SOLICITED_LOW = 0x1_ff00_0000L;
  private static final long LAST_BYTES = 0xff_ffffL;
  private static final int LOCAL_CONTROL = 0xe000_0000;
  private static final int FIRST_THREE_BYTES = 0xffff_ff00;

  private Groups() {}

  static boolean isForMany(Stack stack, IpAddress destination) {
    return destination.isMulticast() || isBroadcast(stack, destination);
  }

  /** Whether the stack takes the address for that of everybody in one of its subnets. */
  static boolean isBroadcast(Stack stack, IpAddress destination) {
    return destination.isLimitedBroadcast()
        || (destination.isIpv4()
            && switch (RouteLookup.decide(stack, FlowKey.to(destination))) {
              case RouteDecision.Broadcast broadcast -> true;
              case RouteDecision.Found found -> found.route().type() == RouteType.BROADCAST;
              case RouteDecision.OwnAddress own -> false;
              case RouteDecision.RefusedByRule refused -> false;
              case RouteDecision.NoRoute none -> false;
              case RouteDecision.Unknown unknown -> false;
            });
  }

  /** Whether the stack has an address in whose subnet this one is, where no routes were listed. */
  static boolean isOfSubnet(Stack stack, IpAddress destination) {
    return stack.addresses().stream()
        .filter(own -> own.address().family() == destination.family())
        .anyMatch(
            own -> new IpPrefix(own.address(), own.prefixLength().orElse(0)).contains(destination));
  }

  /** Whether a packet came in a frame for many. */
  static boolean isFramedForMany(InFlight packet) {
    return packet
        .arrival()
        .link()
        .map(Ethernet::destination)
        .filter(mac -> mac.isGroup())
        .isPresent();
  }

  /** Groups that no bridge or router limits to who has asked for them (224.0.0.0/24, ff02::1). */
  static boolean isNeverLimited(IpAddress group) {
    return group.isIpv4()
        ? (group.lowInt() & FIRST_THREE_BYTES) == LOCAL_CONTROL
        : group.equals(ALL_NODES);
  }

  /** Whether a device is in a group; empty where the state doesn't show it. */
  static Optional<Boolean> isMember(Stack stack, String device, IpAddress group) {
    if (group.isIpv6() && Ipv6Off.at(stack, device).isPresent()) {
      return Optional.of(false);
    }
    if (group.equals(ALL_HOSTS) || group.equals(ALL_NODES) || group.equals(ALL_NODES_HERE)) {
      return Optional.of(true);
    }
    if (group.equals(ALL_ROUTERS)
        && Settings.forwarding(stack, IpFamily.IPV6, device).map(Settings.Flag::on).orElse(false)) {
      return Optional.of(true);
    }
    boolean solicited =
        group.isIpv6()
            && group.high() == SOLICITED_HIGH
            && (group.low() & ~LAST_BYTES) == SOLICITED_LOW
            && stack.addresses().stream().anyMatch(own -> isOf(own, device, group));
    return solicited ? Optional.of(true) : listed(stack, device, group);
  }

  private static Optional<Boolean> listed(Stack stack, String device, IpAddress group) {
    Listing<GroupMembership> groups = stack.namespace().links().groups();
    boolean member =
        groups.stream().anyMatch(one -> one.device().equals(device) && one.group().equals(group));
    return member || groups.isComplete()
        ? Optional.of(member)
        : Optional.of(true).filter(joined -> isJoined(stack, device, group));
  }

  /** A VXLAN device that is up joins its group on the device below (vxlan_igmp_join). */
  private static boolean isJoined(Stack stack, String device, IpAddress group) {
    return stack.namespace().links().devices().stream()
        .filter(upper -> upper.isUp().orElse(true))
        .anyMatch(upper ->
            upper.kind() instanceof DeviceKind.Vxlan vxlan
                && vxlan.remote().equals(Optional.of(group))
                && vxlan.underlay().equals(Optional.of(device)));
  }

  /** RFC 4291, 2.7.1: the group of an address has its last 24 bits. */
  private static boolean isOf(LocalAddress own, String device, IpAddress group) {
    return own.address().isIpv6()
        && own.device().filter(device::equals).isPresent()
        && (own.address().low() & LAST_BYTES) == (group.low() & LAST_BYTES);
  }

  static Assumption membership(Stack stack, String device, IpAddress group) {
    return new Assumption(
        "whether "
            + device
            + " of "
            + stack.id()
            + " is in the group "
            + group
            + " isn't in the state",
        Commands.in(stack.id(), "ip maddr"));
  }
}
