package io.packetwalk.model.net;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.Optional;
import java.util.OptionalInt;

/** What kind of network device it is, with the settings that decide where its packets go. */
public sealed interface DeviceKind {
  /** Instead of a hop limit: that of the packet inside ({@code ttl inherit}). */
  int INHERITED = -1;

  /** The loopback device. */
  record Loopback() implements DeviceKind {}

  /** A network card, or an Ethernet device whose kind wasn't shown. */
  record Ethernet() implements DeviceKind {}

  /** One end of a virtual cable. */
  record Veth() implements DeviceKind {}

  /** A device without a wire: it drops what is sent. */
  record Dummy() implements DeviceKind {}

  /** A Linux bridge. */
  record Bridge(
      boolean vlanFiltering,
      boolean spanningTree,
      boolean netfilterCall,
      MulticastSnooping snooping)
      implements DeviceKind {}

  /** Whether a tunnel's packets over IPv4 say that they may not be fragmented. */
  enum DontFragment {
    UNSET,
    SET,
    /** As the packet inside says, where IPv6 always does. */
    INHERIT
  }

  /**
   * A VXLAN tunnel device.
   *
   * @param vni empty in external (collect metadata) mode or when not shown
   * @param remote the default destination: a unicast address or a multicast group
   * @param underlay the device that the tunnel is bound to
   * @param port the destination UDP port
   * @param answering whether questions for neighbours are answered here, by the neighbour table,
   *     and never sent ({@code proxy})
   * @param ttl of the outer header: {@value #INHERITED} for the inner packet's; empty for the usual
   * @param dontFragment whether its packets over IPv4 may be fragmented ({@code df})
   */
  record Vxlan(
      OptionalInt vni,
      Optional<IpAddress> local,
      Optional<IpAddress> remote,
      Optional<String> underlay,
      OptionalInt port,
      boolean learning,
      boolean external,
      boolean answering,
      boolean localBypass,
      OptionalInt ttl,
      UdpChecksums checksums,
      DontFragment dontFragment)
      implements DeviceKind {}

  /**
   * A Geneve tunnel device.
   *
   * @param ttl of the outer header: {@value #INHERITED} for the inner packet's; empty for the usual
   * @param dontFragment whether its packets over IPv4 may be fragmented ({@code df})
   */
  record Geneve(
      OptionalInt vni,
      Optional<IpAddress> remote,
      OptionalInt port,
      boolean external,
      OptionalInt ttl,
      UdpChecksums checksums,
      DontFragment dontFragment)
      implements DeviceKind {}

  /**
   * A tunnel that carries packets in IP or GRE without a learning bridge.
   *
   * @param ttl empty for {@code inherit}
   * @param fields GRE's optional fields
   * @param carries the only version of IP that it takes and sends ({@code ip6ip6}); empty for any
   * @param encapsulationLimit how many tunnels more may be put around what it sends over IPv6 (RFC
   *     2473, 4.1.1); empty when it says nothing about that
   */
  record IpTunnel(
      TunnelMode mode,
      Optional<IpAddress> local,
      Optional<IpAddress> remote,
      Optional<String> underlay,
      OptionalInt ttl,
      boolean pathMtuDiscovery,
      boolean external,
      GreFields fields,
      Optional<IpFamily> carries,
      OptionalInt encapsulationLimit)
      implements DeviceKind {
    /** One that carries any version of IP, in packets without options. */
    public IpTunnel(
        TunnelMode mode,
        Optional<IpAddress> local,
        Optional<IpAddress> remote,
        Optional<String> underlay,
        OptionalInt ttl,
        boolean pathMtuDiscovery,
        boolean external,
        GreFields fields) {
      this(
          mode,
          local,
          remote,
          underlay,
          ttl,
          pathMtuDiscovery,
          external,
          fields,
          /* carries= */ Optional.empty(),
          /* encapsulationLimit= */ OptionalInt.empty());
    }

    public boolean isFor(IpFamily inner) {
      return carries.isEmpty() || carries.get() == inner;
    }
  }

  /** An 802.1Q device on another device. */
  record Vlan(int identifier, String parent) implements DeviceKind {}

  /** A device with its own MAC address on another device. */
  record Macvlan(String mode, Optional<String> parent) implements DeviceKind {}

  /**
   * A device that shares another device's MAC address.
   *
   * @param among how those on one device get at each other: {@code bridge}, {@code private} (not at
   *     all) or {@code vepa} (by way of the switch outside)
   */
  record Ipvlan(String mode, String among, Optional<String> parent) implements DeviceKind {}

  /**
   * Several devices used as one.
   *
   * @param active the member that carries packets, where only one does
   */
  record Bond(String mode, Optional<String> active) implements DeviceKind {}

  /** A virtual routing domain with its own routing table. */
  record Vrf(String table) implements DeviceKind {}

  /** A device whose other end is a program. */
  record Tun() implements DeviceKind {}

  /** A WireGuard tunnel. */
  record Wireguard() implements DeviceKind {}

  /** An Open vSwitch internal port, or the data path's own device. */
  record OpenVswitch() implements DeviceKind {}

  /** A kind that the walk has no model of; the name is iproute2's. */
  record Other(String name) implements DeviceKind {}
}
