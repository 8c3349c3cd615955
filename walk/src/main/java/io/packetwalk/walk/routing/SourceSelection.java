package io.packetwalk.walk.routing;

import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpAddress;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Chooses the source address of a packet that starts in a namespace.
 *
 * <p>IPv4 as the kernel's fib_result_prefsrc and inet_select_addr: the route's {@code src}, else
 * the device's first address in the next hop's subnet, else the device's first address of a fitting
 * scope, else another device's. IPv6 by the rules of RFC 6724, 5 that tables can show: the same
 * address, scope, outgoing device, label, longest common prefix.
 */
public final class SourceSelection {
  private SourceSelection() {}

  /** Empty when the state shows no address that would do. */
  public static Optional<LocalAddress> select(
      Stack stack, Route route, Optional<NextHop> hop, IpAddress destination) {
    if (route.preferredSource().isPresent()) {
      IpAddress preferred = route.preferredSource().get();
      return Optional.of(stack.own(preferred).orElseGet(() -> ofRoute(route, preferred)));
    }
    if (route.type() == RouteType.LOCAL) {
      boolean assigned = destination.isIpv4() || stack.isAssigned(destination);
      return stack
          .own(destination)
          .filter(known -> assigned)
          .or(() -> toItself(stack, route, hop, destination));
    }
    return hop.flatMap(NextHop::device)
        .flatMap(device ->
            onDevice(
                stack, device, hop.flatMap(NextHop::gateway).orElse(destination), destination));
  }

  /** The address that a packet leaving this device gets (masquerading, tunnels, ARP). */
  public static Optional<LocalAddress> onDevice(
      Stack stack, String device, IpAddress nextHop, IpAddress destination) {
    return destination.isIpv4()
        ? selectIpv4(stack, device, nextHop, destination)
        : selectIpv6(stack, device, destination);
  }

  /**
   * To a local prefix none of whose addresses any device has: IPv4 sends from the destination, IPv6
   * chooses as ever (ip_route_output_key_hash_rcu, ip6_route_get_saddr).
   */
  private static Optional<LocalAddress> toItself(
      Stack stack, Route route, Optional<NextHop> hop, IpAddress destination) {
    return Optional.of(destination)
        .filter(IpAddress::isIpv6)
        .flatMap(asked -> hop.flatMap(NextHop::device))
        .flatMap(device -> selectIpv6(stack, device, destination))
        .or(() -> Optional.of(ofRoute(route, destination)));
  }

  private static LocalAddress ofRoute(Route route, IpAddress preferred) {
    return new LocalAddress(
        preferred,
        Optional.empty(),
        OptionalInt.empty(),
        LocalAddress.Origin.ROUTE_SOURCE,
        route.source());
  }

  private static Optional<LocalAddress> selectIpv4(
      Stack stack, String device, IpAddress nextHop, IpAddress destination) {
    List<InterfaceAddress> here =
        listed(stack, destination)
            .filter(entry -> entry.device().equals(device) && fits(entry, destination))
            .toList();
    return here.stream()
        .filter(entry -> !entry.secondary() && entry.subnet().contains(nextHop))
        .findFirst()
        .or(() -> here.stream().findFirst())
        .flatMap(entry -> stack.own(entry.address()))
        .or(() -> concluded(stack, device, nextHop))
        .or(() -> onOtherDevice(stack, device, destination));
  }

  /**
   * Only when every address was listed is it sure that the device has none. A VRF's own device
   * comes before its members.
   */
  private static Optional<LocalAddress> onOtherDevice(
      Stack stack, String device, IpAddress destination) {
    return stack.namespace().links().addresses().isComplete()
        ? listed(stack, destination)
            .filter(entry -> !entry.scope().equals("link") && fits(entry, destination))
            .filter(entry -> Vrfs.areTogether(stack, entry.device(), device))
            .min(Comparator.comparing(entry -> !Vrfs.isVrf(stack, entry.device())))
            .flatMap(entry -> stack.own(entry.address()))
        : Optional.empty();
  }

  /** An address that routes or objects show, where nobody listed the addresses. */
  private static Optional<LocalAddress> concluded(Stack stack, String device, IpAddress nextHop) {
    Comparator<LocalAddress> onDeviceFirst =
        Comparator.comparing(address -> !address.device().equals(Optional.of(device)));
    return stack.addresses().stream()
        .filter(address -> address.origin() != LocalAddress.Origin.LISTED)
        .filter(address -> address.address().family() == nextHop.family())
        .filter(address -> !address.address().isLoopback())
        .filter(address -> address.device().map(device::equals).orElse(true))
        .filter(address -> isNotListedElsewhere(stack, device, address))
        .filter(address -> Vrfs.isIn(stack, address, device))
        .min(onDeviceFirst);
  }

  private static boolean isNotListedElsewhere(Stack stack, String device, LocalAddress address) {
    return stack.namespace().links().addresses().stream()
        .noneMatch(
            entry -> entry.address().equals(address.address()) && !entry.device().equals(device));
  }

  private static Optional<LocalAddress> selectIpv6(
      Stack stack, String device, IpAddress destination) {
    return listedIpv6(stack, device, destination).stream()
        .findFirst()
        .flatMap(entry -> stack.own(entry.address()))
        .or(() -> concluded(stack, device, destination));
  }

  /**
   * The IPv6 addresses that come off best, the likeliest first. Among equal ones of several devices
   * the order in which these came into the namespace decides, which no listing shows.
   */
  public static List<LocalAddress> equallyGood(Stack stack, String device, IpAddress destination) {
    return listedIpv6(stack, device, destination).stream()
        .map(entry -> stack.own(entry.address()))
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  private static List<InterfaceAddress> listedIpv6(
      Stack stack, String device, IpAddress destination) {
    boolean linkLocal = destination.isLinkLocal() || destination.isMulticast();
    Comparator<InterfaceAddress> best =
        Comparator.<InterfaceAddress, Boolean>comparing(
                entry -> !entry.address().equals(destination))
            .thenComparing(entry -> entry.address().isLinkLocal() != linkLocal)
            .thenComparing(entry -> !entry.device().equals(device))
            .thenComparing(
                entry -> AddressLabel.of(entry.address()) != AddressLabel.of(destination))
            .thenComparing(entry -> commonBits(entry, destination), Comparator.reverseOrder());
    List<InterfaceAddress> fitting =
        listed(stack, destination)
            .filter(entry -> !entry.address().isLoopback() && entry.usable())
            .filter(entry -> !entry.address().isLinkLocal() || entry.device().equals(device))
            .filter(entry -> Vrfs.areTogether(stack, entry.device(), device))
            .sorted(best)
            .toList();
    Set<String> devices = new LinkedHashSet<>();
    return fitting.stream()
        .takeWhile(entry -> best.compare(fitting.getFirst(), entry) == 0)
        .filter(entry -> devices.add(entry.device()))
        .toList();
  }

  private static Stream<InterfaceAddress> listed(Stack stack, IpAddress destination) {
    return stack.namespace().links().addresses().stream()
        .filter(entry -> entry.address().family() == destination.family());
  }

  /** Host scope addresses are for destinations on this host only. */
  private static boolean fits(InterfaceAddress entry, IpAddress destination) {
    return !entry.scope().equals("host") || destination.isLoopback();
  }

  /** How long a prefix both have, as far as it is of the address's subnet (ipv6_get_saddr_eval). */
  private static int commonBits(InterfaceAddress entry, IpAddress destination) {
    return Math.min(entry.prefixLength(), commonBits(entry.address(), destination));
  }

  private static int commonBits(IpAddress first, IpAddress second) {
    int high = Long.numberOfLeadingZeros(first.high() ^ second.high());
    return high < 64 ? high : 64 + Long.numberOfLeadingZeros(first.low() ^ second.low());
  }
}
