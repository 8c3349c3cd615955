package io.packetwalk.read.kubernetes;

import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Calico's objects: those of its own API and the custom resources that they are stored as. */
final class CalicoObjects {
  private CalicoObjects() {}

  static void pool(ObjectTree object, ClusterRows rows) {
    Tree spec = object.tree().at("spec");
    Optional<IpPrefix> cidr = spec.text("cidr").flatMap(IpPrefix::parse);
    if (cidr.isEmpty()) {
      object
          .line()
          .ifPresent(line -> rows.damage(ResourceKind.IP_POOL, line, "the pool has no cidr"));
      return;
    }
    rows.add(
        new IpPool(
            object.name(),
            cidr.get(),
            spec.truth("natOutgoing").or(() -> spec.truth("nat-outgoing")),
            spec.text("ipipMode").or(() -> formerMode(spec)),
            spec.text("vxlanMode"),
            spec.truth("disabled"),
            object.declared(),
            object.source()));
  }

  /** {@code ipip: {enabled: true, mode: cross-subnet}} of the first API version. */
  private static Optional<String> formerMode(Tree spec) {
    return spec.truth("ipip", "enabled")
        .map(enabled -> enabled ? spec.text("ipip", "mode").orElse("Always") : "Never")
        .map(mode -> mode.equalsIgnoreCase("cross-subnet") ? "CrossSubnet" : mode)
        .map(mode -> mode.equals("always") ? "Always" : mode);
  }

  static WorkloadEndpoint workload(ObjectTree object) {
    Tree spec = object.tree().at("spec");
    return new WorkloadEndpoint(
        object.namespace(),
        spec.text("pod").or(() -> spec.text("workload")).orElse(object.name()),
        spec.text("node"),
        spec.texts("ipNetworks").stream().flatMap(text -> IpPrefix.parse(text).stream()).toList(),
        spec.text("interfaceName"),
        object.source());
  }

  static BgpPeer peer(ObjectTree object) {
    Tree spec = object.tree().at("spec");
    String scope = spec.text("node").or(() -> spec.text("nodeSelector")).orElse("global");
    return new BgpPeer(
        object.name(),
        spec.text("peerIP").flatMap(CalicoObjects::withoutPort),
        scope,
        spec.text("asNumber"),
        object.declared(),
        object.source());
  }

  private static Optional<IpAddress> withoutPort(String text) {
    int colon = text.lastIndexOf(':');
    boolean ported = colon > 0 && (text.indexOf(':') == colon || text.startsWith("["));
    String address = ported ? text.substring(0, colon) : text;
    return IpAddress.parse(address.replace("[", "").replace("]", ""));
  }

  /** A node as Calico knows it; its tunnel addresses stand among the annotations. */
  static KubernetesNode node(ObjectTree object) {
    Tree spec = object.tree().at("spec");
    Map<String, String> annotations = new TreeMap<>();
    keep(annotations, "projectcalico.org/IPv4IPIPTunnelAddr", spec, "bgp", "ipv4IPIPTunnelAddr");
    keep(annotations, "projectcalico.org/IPv4VXLANTunnelAddr", spec, "ipv4VXLANTunnelAddr");
    keep(annotations, "projectcalico.org/VXLANTunnelMACAddr", spec, "vxlanTunnelMACAddr");
    keep(annotations, "projectcalico.org/IPv6VXLANTunnelAddr", spec, "ipv6VXLANTunnelAddr");
    keep(annotations, "projectcalico.org/ASNumber", spec, "bgp", "asNumber");
    return new KubernetesNode(
        object.name(),
        blockAddresses(Stream.of(spec.text("bgp", "ipv4Address"), spec.text("bgp", "ipv6Address"))),
        List.of(),
        List.of(),
        Optional.empty(),
        annotations,
        object.source());
  }

  private static void keep(
      Map<String, String> annotations, String name, Tree spec, String... keys) {
    spec.text(keys).ifPresent(value -> annotations.put(name, value));
  }

  /** The addresses of {@code calicoctl get node -o wide}. */
  static List<IpAddress> nodeAddresses(ObjectRow row) {
    return blockAddresses(Stream.of(row.cell("IPV4"), row.cell("IPV6")));
  }

  private static List<IpAddress> blockAddresses(Stream<Optional<String>> texts) {
    List<IpAddress> addresses = new ArrayList<>();
    texts
        .flatMap(Optional::stream)
        .map(text -> text.substring(0, text.indexOf('/') < 0 ? text.length() : text.indexOf('/')))
        .flatMap(text -> IpAddress.parse(text).stream())
        .forEach(addresses::add);
    return addresses;
  }
}
