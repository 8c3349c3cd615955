package io.packetwalk.walk.engine;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Sysctl;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.FlowKey;
import io.packetwalk.walk.routing.RouteDecision;
import io.packetwalk.walk.routing.RouteLookup;
import io.packetwalk.walk.routing.Stack;
import io.packetwalk.walk.topology.World;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether who is told of a nearer way by a redirect takes it (__ip_do_redirect,
 * ndisc_redirect_rcv): a router over IPv6 never does, over IPv4 only where both settings say so, a
 * host where either does.
 *
 * @param text what is said of it behind the redirect
 */
record RedirectHeeding(String text, List<Source> evidence) {
  private static final String ACCEPT = "accept_redirects";

  RedirectHeeding {
    evidence = List.copyOf(evidence);
  }

  /** Nothing is said of senders that the state doesn't show. */
  static Optional<RedirectHeeding> of(World world, IpAddress sender, IpAddress target) {
    List<NamespaceId> owners =
        world.owners(sender).stream().map(World.Owner::namespace).distinct().toList();
    if (owners.size() != 1) {
      return Optional.empty();
    }
    Stack stack = world.stack(owners.getFirst());
    return device(stack, sender, target).map(device -> at(stack, device, sender, target));
  }

  /** The device by which the sender and the nearer way are on one wire. */
  private static Optional<String> device(Stack stack, IpAddress sender, IpAddress target) {
    Optional<String> way =
        target.isLinkLocal()
            ? Optional.empty()
            : RouteLookup.decide(stack, FlowKey.to(target)) instanceof RouteDecision.Found found
                ? found.hops().stream().findFirst().flatMap(hop -> hop.device())
                : Optional.empty();
    return way.or(() -> stack.own(sender).flatMap(own -> own.device()));
  }

  private static RedirectHeeding at(
      Stack stack, String device, IpAddress sender, IpAddress target) {
    IpFamily family = sender.family();
    Optional<Settings.Flag> forwards = Settings.forwarding(stack, family, device);
    List<Sysctl> accepts = settings(stack, family, device);
    String base = "net." + (sender.isIpv4() ? "ipv4" : "ipv6") + ".conf.";
    if (forwards.isEmpty() || accepts.size() < (sender.isIpv4() ? 2 : 1)) {
      return new RedirectHeeding(
          ", and "
              + sender
              + " takes it where its settings say so (to settle it: "
              + Commands.in(
                  stack.id(),
                  "sysctl "
                      + (sender.isIpv4() ? base + "all." + ACCEPT + " " : "")
                      + base
                      + device
                      + "."
                      + ACCEPT
                      + " "
                      + base
                      + (sender.isIpv4() ? device : "all")
                      + ".forwarding")
              + ")",
          List.of());
    }
    boolean router = forwards.get().on();
    Stream<Sysctl> each = accepts.stream();
    boolean taken =
        sender.isIpv4()
            ? router ? each.allMatch(RedirectHeeding::isOn) : each.anyMatch(RedirectHeeding::isOn)
            : !router && each.allMatch(RedirectHeeding::isOn);
    List<Source> evidence = new ArrayList<>(accepts.stream().map(Sysctl::source).toList());
    forwards.get().source().ifPresent(evidence::add);
    if (!taken) {
      String why = router ? " forwards" : "'s " + ACCEPT + " is off";
      return new RedirectHeeding(", and " + sender + " ignores it, as " + device + why, evidence);
    }
    boolean apart = sender.isIpv4() && isOff(stack, "shared_media", device);
    if (apart && !isOnWire(stack, device, target)) {
      return new RedirectHeeding(
          ", and " + sender + " ignores it, as " + target + " isn't in a subnet of " + device,
          evidence);
    }
    boolean secure = apart && !isOff(stack, "secure_redirects", device);
    return new RedirectHeeding(
        ", and "
            + sender
            + " takes it"
            + (secure ? " if that is one of its default gateways (secure_redirects)" : "")
            + " ("
            + ACCEPT
            + " of "
            + device
            + ")",
        evidence);
  }

  private static boolean isOff(Stack stack, String setting, String device) {
    return Settings.either(stack, IpFamily.IPV4, setting, device)
        .filter(flag -> !flag.on())
        .isPresent();
  }

  /** Where a wire isn't shared, only what is in a subnet of the device is a way. */
  private static boolean isOnWire(Stack stack, String device, IpAddress target) {
    return stack
        .namespace()
        .links()
        .addressesOf(device)
        .anyMatch(own -> own.address().isIpv4() && own.subnet().contains(target));
  }

  private static List<Sysctl> settings(Stack stack, IpFamily family, String device) {
    String base = family == IpFamily.IPV4 ? "net/ipv4/conf/" : "net/ipv6/conf/";
    Stream<String> names = family == IpFamily.IPV4 ? Stream.of("all", device) : Stream.of(device);
    return names.flatMap(name -> stack.setting(base + name + "/" + ACCEPT).stream()).toList();
  }

  private static boolean isOn(Sysctl setting) {
    return !setting.value().strip().equals("0");
  }
}
