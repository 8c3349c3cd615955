package io.packetwalk.read.assemble;

import io.packetwalk.model.cluster.BgpPeer;
import io.packetwalk.model.cluster.IpPool;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.NetworkPolicy;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * One object of two outputs that show it: the decisive one's values, the other's where it has none.
 */
final class ObjectMerge {
  private ObjectMerge() {}

  private static <T> List<T> or(List<T> decisive, List<T> filling) {
    return decisive.isEmpty() ? filling : decisive;
  }

  private static Map<String, String> or(Map<String, String> decisive, Map<String, String> filling) {
    return decisive.isEmpty() ? filling : decisive;
  }

  static KubernetesNode node(KubernetesNode decisive, KubernetesNode filling) {
    Map<String, String> annotations = new LinkedHashMap<>(filling.annotations());
    annotations.putAll(decisive.annotations());
    return new KubernetesNode(
        decisive.name(),
        or(decisive.internalAddresses(), filling.internalAddresses()),
        or(decisive.externalAddresses(), filling.externalAddresses()),
        or(decisive.podCidrs(), filling.podCidrs()),
        decisive.status().or(filling::status),
        annotations,
        decisive.internalAddresses().isEmpty() ? filling.source() : decisive.source());
  }

  static Pod pod(Pod decisive, Pod filling) {
    boolean located = !decisive.addresses().isEmpty() || filling.addresses().isEmpty();
    return new Pod(
        decisive.name(),
        or(decisive.addresses(), filling.addresses()),
        decisive.node().or(filling::node),
        decisive.status().or(filling::status),
        decisive.ready().or(filling::ready),
        decisive.hostNetwork().or(filling::hostNetwork),
        or(decisive.labels(), filling.labels()),
        or(decisive.ports(), filling.ports()),
        decisive.declared(),
        located ? decisive.source() : filling.source());
  }

  static Service service(Service decisive, Service filling) {
    return new Service(
        decisive.name(),
        decisive.type(),
        or(decisive.clusterAddresses(), filling.clusterAddresses()),
        or(decisive.externalAddresses(), filling.externalAddresses()),
        decisive.externalName().or(filling::externalName),
        ports(decisive.ports(), filling.ports()),
        or(decisive.selector(), filling.selector()),
        decisive.externalTrafficPolicy().or(filling::externalTrafficPolicy),
        decisive.internalTrafficPolicy().or(filling::internalTrafficPolicy),
        decisive.sessionAffinity().or(filling::sessionAffinity),
        decisive.declared(),
        decisive.source());
  }

  private static List<Service.Port> ports(List<Service.Port> decisive, List<Service.Port> filling) {
    return decisive.isEmpty()
        ? filling
        : decisive.stream().map(port -> detailed(port, filling)).toList();
  }

  /** A table names neither ports nor targets. */
  private static Service.Port detailed(Service.Port port, List<Service.Port> others) {
    return others.stream()
        .filter(
            other -> other.number() == port.number() && other.protocol().equals(port.protocol()))
        .findFirst()
        .map(other ->
            new Service.Port(
                port.name().or(other::name),
                port.number(),
                port.protocol(),
                port.target().or(other::target),
                port.nodePort().isPresent() ? port.nodePort() : other.nodePort()))
        .orElse(port);
  }

  static NetworkPolicy policy(NetworkPolicy decisive, NetworkPolicy filling) {
    TreeSet<String> types = new TreeSet<>(decisive.types());
    if (types.isEmpty()) {
      types.addAll(filling.types());
    }
    boolean whole = decisive.specification().isPresent() || filling.specification().isEmpty();
    return new NetworkPolicy(
        decisive.name(),
        decisive.podSelector().or(filling::podSelector),
        types,
        decisive.specification().or(filling::specification),
        decisive.declared(),
        whole ? decisive.source() : filling.source());
  }

  static IpPool pool(IpPool decisive, IpPool filling) {
    return new IpPool(
        decisive.name(),
        decisive.cidr(),
        decisive.natOutgoing().or(filling::natOutgoing),
        decisive.ipipMode().or(filling::ipipMode),
        decisive.vxlanMode().or(filling::vxlanMode),
        decisive.disabled().or(filling::disabled),
        decisive.declared(),
        decisive.source());
  }

  static WorkloadEndpoint workload(WorkloadEndpoint decisive, WorkloadEndpoint filling) {
    return new WorkloadEndpoint(
        decisive.namespace(),
        decisive.workload(),
        decisive.node().or(filling::node),
        or(decisive.networks(), filling.networks()),
        decisive.device().or(filling::device),
        decisive.source());
  }

  static BgpPeer peer(BgpPeer decisive, BgpPeer filling) {
    return new BgpPeer(
        decisive.name(),
        decisive.address().or(filling::address),
        decisive.scope(),
        decisive.autonomousSystem().or(filling::autonomousSystem),
        decisive.declared(),
        decisive.source());
  }
}
