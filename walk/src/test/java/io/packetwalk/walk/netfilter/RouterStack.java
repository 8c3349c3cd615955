package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.InterfaceAddress;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stack of the router between a client and a server that the kernel is asked about. */
final class RouterStack implements Surroundings {
  private static final Source LINE = new Source("addr", 1, "");
  private static final Map<String, List<IpPrefix>> NETWORKS =
      Map.of(
          "r0", List.of(IpPrefix.of("10.1.0.0/24"), IpPrefix.of("fd00:1::/64")),
          "r1", List.of(IpPrefix.of("10.2.0.0/24"), IpPrefix.of("fd00:2::/64")));
  private static final Map<String, List<IpAddress>> OWN =
      Map.of(
          "r0", List.of(IpAddress.of("10.1.0.1"), IpAddress.of("fd00:1::1")),
          "r1", List.of(IpAddress.of("10.2.0.1"), IpAddress.of("fd00:2::1")));

  static Links links() {
    List<InterfaceAddress> addresses = new ArrayList<>();
    for (String device : List.of("r0", "r1")) {
      for (IpAddress address : OWN.getOrDefault(device, List.of())) {
        int length = address.isIpv4() ? 24 : 64;
        addresses.add(
            new InterfaceAddress(
                device,
                address,
                length,
                Optional.empty(),
                Optional.empty(),
                "global",
                false,
                true,
                LINE));
      }
    }
    Links unknown = Links.unknown();
    return new Links(
        unknown.devices(),
        Listing.complete(addresses, LINE),
        unknown.bridgePorts(),
        unknown.bridgeVlans(),
        unknown.fdb(),
        unknown.features(),
        unknown.namespaceNumbers(),
        unknown.switchPorts(),
        unknown.wireguard(),
        unknown.groups(),
        unknown.bridgeGroups(),
        Map.of(),
        Map.of());
  }

  static boolean isOwn(IpAddress address) {
    return address.isLoopback() || OWN.values().stream().anyMatch(list -> list.contains(address));
  }

  /** The device on whose network the address lies. */
  static Optional<String> device(IpAddress address) {
    return List.of("r0", "r1").stream()
        .filter(name ->
            NETWORKS.getOrDefault(name, List.of()).stream().anyMatch(net -> net.contains(address)))
        .findFirst();
  }

  @Override
  public Optional<RouteType> addressType(IpAddress address) {
    return Optional.of(isOwn(address) ? RouteType.LOCAL : RouteType.UNICAST);
  }

  @Override
  public Optional<IpAddress> masqueradeAddress(String outputDevice, IpAddress destination) {
    return OWN.getOrDefault(outputDevice, List.of()).stream()
        .filter(own -> own.family() == destination.family())
        .findFirst();
  }

  @Override
  public Optional<List<String>> routeDevices(InFlight packet, boolean source, boolean withMark) {
    Ip ip = Headers.ip(packet.packet());
    IpAddress address = source ? ip.source() : ip.destination();
    return Optional.of(isOwn(address) ? List.of() : device(address).stream().toList());
  }

  @Override
  public Optional<Boolean> reversePath(InFlight packet, boolean loose, boolean withMark) {
    return Optional.of(true);
  }
}
