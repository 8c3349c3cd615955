package io.packetwalk.read.command;

import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.GreFields;
import io.packetwalk.model.net.MulticastSnooping;
import io.packetwalk.model.net.TunnelMode;
import io.packetwalk.model.net.UdpChecksums;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The line that {@code ip -d} prints for a device's kind: its name, then its settings. */
final class KindLine {
  private static final List<String> COUNTED =
      List.of("csum", "icsum", "ocsum", "seq", "iseq", "oseq");

  private static final int VXLAN_PORT = 4789;

  private KindLine() {}

  /**
   * Reads a kind.
   *
   * @param lower the device after {@code @}, which some kinds are made on
   */
  static Optional<DeviceKind> parse(Words words, Optional<String> lower) {
    String name = words.next();
    Optional<DeviceKind> kind =
        switch (name) {
          case "veth" -> Optional.of(new DeviceKind.Veth());
          case "dummy" -> Optional.of(new DeviceKind.Dummy());
          case "bridge" -> Optional.of(bridge(words));
          case "vxlan" -> Optional.of(vxlan(words));
          case "geneve" -> Optional.of(geneve(words));
          case "ipip" -> Optional.of(tunnel(TunnelMode.IPIP, words));
          case "sit" -> Optional.of(tunnel(TunnelMode.SIT, words));
          case "gre" -> Optional.of(tunnel(TunnelMode.GRE, words));
          case "gretap" -> Optional.of(tunnel(TunnelMode.GRETAP, words));
          case "ip6tnl" -> Optional.of(tunnel(TunnelMode.IP6TNL, words));
          case "ip6gre" -> Optional.of(tunnel(TunnelMode.IP6GRE, words));
          case "ip6gretap" -> Optional.of(tunnel(TunnelMode.IP6GRETAP, words));
          case "vlan" -> vlan(words, lower);
          case "macvlan", "macvtap" -> Optional.of(new DeviceKind.Macvlan(mode(words), lower));
          case "ipvlan", "ipvtap" -> Optional.of(ipvlan(words, lower));
          case "bond" ->
              Optional.of(new DeviceKind.Bond(mode(words), words.valueOf("active_slave")));
          case "vrf" -> Optional.of(new DeviceKind.Vrf(words.valueOf("table").orElse("")));
          case "tun" -> Optional.of(new DeviceKind.Tun());
          case "wireguard" -> Optional.of(new DeviceKind.Wireguard());
          case "openvswitch" -> Optional.of(new DeviceKind.OpenVswitch());
          case "ifb",
              "nlmon",
              "vti",
              "vti6",
              "xfrm",
              "hsr",
              "macsec",
              "can",
              "vcan",
              "bareudp",
              "gtp",
              "netdevsim",
              "team",
              "ipoib",
              "erspan",
              "ip6erspan",
              "netkit",
              "rmnet",
              "batadv",
              "lowpan",
              "vsockmon",
              "vxcan",
              "amt",
              "virt_wifi",
              "dsa",
              "ovpn" ->
              Optional.of(new DeviceKind.Other(name));
          default -> Optional.empty();
        };
    if (kind.isEmpty()) {
      words.back();
    }
    return kind;
  }

  private static DeviceKind ipvlan(Words words, Optional<String> lower) {
    String among =
        words.contains("private") ? "private" : words.contains("vepa") ? "vepa" : "bridge";
    return new DeviceKind.Ipvlan(mode(words), among, lower);
  }

  private static boolean isOn(Words words, String name) {
    return words.valueOf(name).filter("1"::equals).isPresent();
  }

  private static DeviceKind bridge(Words words) {
    return new DeviceKind.Bridge(
        isOn(words, "vlan_filtering"),
        isOn(words, "stp_state"),
        isOn(words, "nf_call_iptables"),
        snooping(words));
  }

  private static MulticastSnooping snooping(Words words) {
    Optional<String> shown = words.valueOf("mcast_snooping");
    if (shown.isEmpty()) {
      return MulticastSnooping.NOT_SHOWN;
    }
    MulticastSnooping.State state =
        !shown.get().equals("1")
            ? MulticastSnooping.State.OFF
            : isOn(words, "mcast_querier")
                ? MulticastSnooping.State.QUERYING
                : MulticastSnooping.State.ON;
    return new MulticastSnooping(
        state,
        words.valueOf("mcast_router").filter("2"::equals).isPresent(),
        words.valueOf("mcast_igmp_version").filter("3"::equals).isPresent(),
        words.valueOf("mcast_mld_version").filter("2"::equals).isPresent(),
        isOn(words, "mcast_vlan_snooping"));
  }

  private static DeviceKind vxlan(Words words) {
    boolean external = words.contains("external");
    return new DeviceKind.Vxlan(
        external ? OptionalInt.empty() : number(words, "id"),
        address(words, "local"),
        address(words, "remote").or(() -> address(words, "group")),
        words.valueOf("dev"),
        words.contains("dstport") ? number(words, "dstport") : OptionalInt.of(VXLAN_PORT),
        !words.contains("nolearning"),
        external,
        words.contains("proxy"),
        !words.contains("nolocalbypass"),
        hopLimit(words),
        checksums(words, !words.contains("udp6zerocsumrx")),
        dontFragment(words));
  }

  private static DeviceKind geneve(Words words) {
    return new DeviceKind.Geneve(
        number(words, "id"),
        address(words, "remote"),
        number(words, "dstport"),
        words.contains("external"),
        hopLimit(words),
        checksums(words, words.contains("noudp6zerocsumrx")),
        dontFragment(words));
  }

  private static DeviceKind.DontFragment dontFragment(Words words) {
    return switch (words.valueOf("df").orElse("")) {
      case "set" -> DeviceKind.DontFragment.SET;
      case "inherit" -> DeviceKind.DontFragment.INHERIT;
      default -> DeviceKind.DontFragment.UNSET;
    };
  }

  private static OptionalInt hopLimit(Words words) {
    return words.valueOf("ttl").filter("inherit"::equals).isPresent()
        ? OptionalInt.of(DeviceKind.INHERITED)
        : number(words, "ttl");
  }

  private static UdpChecksums checksums(Words words, boolean required) {
    return new UdpChecksums(!words.contains("udp6zerocsumtx"), required);
  }

  private static DeviceKind tunnel(TunnelMode mode, Words words) {
    return new DeviceKind.IpTunnel(
        mode,
        address(words, "local"),
        address(words, "remote"),
        words.valueOf("dev"),
        number(words, "ttl").isPresent() ? number(words, "ttl") : number(words, "hoplimit"),
        !words.contains("nopmtudisc"),
        words.contains("external"),
        greFields(words),
        carried(words),
        number(words, "encaplimit"));
  }

  /** {@code ip6tnl ip6ip6}: the version inside, then the one outside. */
  private static Optional<IpFamily> carried(Words words) {
    if (words.contains("ip6ip6") || words.contains("ip6ip")) {
      return Optional.of(IpFamily.IPV6);
    }
    return words.contains("ipip6") || words.contains("ipip")
        ? Optional.of(IpFamily.IPV4)
        : Optional.empty();
  }

  private static Optional<DeviceKind> vlan(Words words, Optional<String> lower) {
    OptionalInt identifier = number(words, "id");
    return identifier.isPresent()
        ? Optional.of(new DeviceKind.Vlan(identifier.getAsInt(), lower.orElse("")))
        : Optional.empty();
  }

  private static String mode(Words words) {
    return words.valueOf("mode").orElse("");
  }

  private static OptionalInt number(Words words, String name) {
    return words.valueOf(name).map(Words::parseInt).orElse(OptionalInt.empty());
  }

  private static Optional<IpAddress> address(Words words, String name) {
    return words
        .valueOf(name)
        .flatMap(IpAddress::parse)
        .filter(address -> !address.isUnspecified());
  }

  /** GRE's key is printed as a dotted quad when both directions have the same one. */
  private static GreFields greFields(Words words) {
    boolean counted = COUNTED.stream().anyMatch(words::contains);
    return new GreFields(key(words, "okey"), key(words, "ikey"), counted);
  }

  /** One for each direction, or one for both; printed as a number or as an address. */
  private static OptionalLong key(Words words, String direction) {
    Optional<String> shown = words.valueOf("key").or(() -> words.valueOf(direction));
    return shown
        .map(text -> {
          OptionalLong number = Words.parseLong(text);
          return number.isPresent()
              ? number
              : IpAddress.parse(text)
                  .filter(IpAddress::isIpv4)
                  .map(address -> OptionalLong.of(address.lowInt() & 0xffff_ffffL))
                  .orElseGet(OptionalLong::empty);
        })
        .orElseGet(OptionalLong::empty);
  }
}
