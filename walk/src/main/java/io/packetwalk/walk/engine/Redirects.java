package io.packetwalk.walk.engine;

import io.packetwalk.model.Source;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.ChainType;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.netfilter.InFlight;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says that a router, beside forwarding a packet out of the device that it came in by, tells the
 * sender of the nearer way (the kernel's ip_rt_send_redirect and ndisc_send_redirect; RFC 1812,
 * 5.2.7.2, and RFC 4861, 8.2).
 *
 * <p>The packet itself goes on as if nothing had been said; what the sender makes of it changes
 * later packets only.
 */
final class Redirects {
  private Redirects() {}

  /** What is said, after the packet has been looked at as far as IPv4 does and IPv6 doesn't. */
  static Optional<Step> about(
      World world, Stack stack, InFlight packet, String device, Optional<NextHop> hop) {
    Ip header = Headers.ip(packet);
    if (packet.input().filter(device::equals).isEmpty() || hop.isEmpty()) {
      return Optional.empty();
    }
    Optional<IpAddress> gateway =
        hop.get().gateway().filter(near -> near.family() == header.destination().family());
    boolean told =
        header.source().isIpv4()
            ? isTold4(stack, header, device, gateway) && !isTranslated(stack, packet)
            : isTold6(stack, header, device, gateway);
    return told
        ? Optional.of(
            step(world, stack, packet, device, header, gateway.orElse(header.destination())))
        : Optional.empty();
  }

  /** Of __mkroute_input: the sender is on the device's wire, and may know of the next hop. */
  private static boolean isTold4(
      Stack stack, Ip header, String device, Optional<IpAddress> gateway) {
    boolean off = isOff(stack, "send_redirects", device);
    return !off
        && leadsBack(stack, FlowKey.wayBack(header, 0).inVrfOf(device), device)
        && (!isOff(stack, "shared_media", device) || isOneWire(stack, header, device, gateway));
  }

  /** Of ip6_forward: a next hop with a link-local address, or the destination itself. */
  private static boolean isTold6(
      Stack stack, Ip header, String device, Optional<IpAddress> gateway) {
    boolean speaks =
        stack
            .namespace()
            .links()
            .addressesOf(device)
            .anyMatch(own -> own.address().isIpv6() && own.address().isLinkLocal() && own.usable());
    boolean nameable =
        gateway.isEmpty()
            || gateway.get().isLinkLocal()
            || gateway.get().equals(header.destination());
    return speaks && nameable && isNear(stack, FlowKey.to(header.source()).preferring(device));
  }

  private static boolean isOff(Stack stack, String setting, String device) {
    return Settings.either(stack, IpFamily.IPV4, setting, device)
        .filter(flag -> !flag.on())
        .isPresent();
  }

  /** Whether the way back to the sender leads straight out of the device. */
  private static boolean leadsBack(Stack stack, FlowKey back, String device) {
    return RouteLookup.decide(stack, back) instanceof RouteDecision.Found found
        && found.route().type() == RouteType.UNICAST
        && found.hops().stream()
            .anyMatch(
                hop -> hop.gateway().isEmpty() && hop.device().filter(device::equals).isPresent());
  }

  /** Whether the sender is a neighbour, at whatever device. */
  private static boolean isNear(Stack stack, FlowKey back) {
    return RouteLookup.decide(stack, back) instanceof RouteDecision.Found found
        && found.route().type() == RouteType.UNICAST
        && found.hops().stream().anyMatch(hop -> hop.gateway().isEmpty());
  }

  /** Whether an address of the device has both in its subnet (inet_addr_onlink). */
  private static boolean isOneWire(
      Stack stack, Ip header, String device, Optional<IpAddress> gateway) {
    return stack
        .namespace()
        .links()
        .addressesOf(device)
        .filter(own -> own.address().isIpv4())
        .map(own -> own.subnet())
        .anyMatch(subnet ->
            subnet.contains(header.source())
                && (gateway.isEmpty() || subnet.contains(gateway.get())));
  }

  /** Of a translated connection nobody is told (nf_nat_icmp_reply_translation). */
  private static boolean isTranslated(Stack stack, InFlight packet) {
    IpAddress destination = Headers.ip(packet).destination();
    return packet.tracking().in(stack.id()).stream()
        .anyMatch(connection ->
            connection.isDestinationTranslated()
                && connection.reply().source().equals(destination));
  }

  /**
   * Where rules may translate, a redirect about a connection's first packet is dropped on its way
   * out: whether its source is translated isn't decided yet.
   */
  private static boolean maySourceBeTranslated(Stack stack) {
    return stack.namespace().netfilter().tables(IpFamily.IPV4).stream()
        .flatMap(table -> table.baseChains().stream())
        .flatMap(chain -> chain.base().stream())
        .map(BaseHook::type)
        .anyMatch(ChainType.NAT::equals);
  }

  private static Step step(
      World world, Stack stack, InFlight packet, String device, Ip header, IpAddress target) {
    Optional<RedirectHeeding> heeding = RedirectHeeding.of(world, header.source(), target);
    Optional<Settings.Flag> setting =
        header.source().isIpv4()
            ? Settings.either(stack, IpFamily.IPV4, "send_redirects", device)
            : Optional.empty();
    List<Source> evidence = new ArrayList<>();
    setting.flatMap(Settings.Flag::source).ifPresent(evidence::add);
    boolean unless = header.source().isIpv4() && setting.isEmpty();
    String better =
        target.equals(header.destination())
            ? header.destination() + " is on the same wire"
            : target + " is the nearer router to " + header.destination();
    String decision =
        "beside forwarding it, "
            + (header.source().isIpv4() ? "tells " : "may tell ")
            + header.source()
            + " by "
            + (header.source().isIpv4() ? "an ICMP" : "an ICMPv6")
            + " redirect that "
            + better
            + (unless ? ", unless net.ipv4.conf." + device + ".send_redirects is off" : "")
            + (header.source().isIpv4() && maySourceBeTranslated(stack)
                ? ", though not about a connection's first packet, which rules may yet translate"
                : "")
            + heeding.map(RedirectHeeding::text).orElse("");
    heeding.map(RedirectHeeding::evidence).ifPresent(evidence::addAll);
    return new Step(
        stack.id(), device, Stage.FORWARDING, Action.CLASSIFY, decision, evidence, packet.packet());
  }
}
