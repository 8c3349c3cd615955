package io.packetwalk.walk.topology;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Former;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.WorkloadEndpoint;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.NextHop;
import io.packetwalk.model.net.Route;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import io.packetwalk.walk.routing.LocalAddress;
import io.packetwalk.wire.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the other end of a pod's cable by Calico's endpoints and by the node's host routes. */
final class PeerByObjects {
  private static final String POD_DEVICE = "eth0";

  private final World world;
  private final BridgedPods bridged;

  PeerByObjects(World world) {
    this.world = world;
    this.bridged = new BridgedPods(world);
  }

  Optional<Cable> find(NamespaceId namespace, String device, List<Source> seen) {
    return namespace.isHost()
        ? endpointOfDevice(namespace, device, seen)
            .or(() -> podAtPort(namespace, device, seen))
            .or(() -> routedPod(namespace, device, seen))
            .or(() -> bridgedPod(namespace, device, seen))
        : deviceOfEndpoint(namespace, seen)
            .or(() -> portOfPod(namespace, seen))
            .or(() -> routingDevice(namespace, device, seen))
            .or(() -> bridgePort(namespace, seen))
            .or(() -> subnetDevice(namespace, seen));
  }

  private Optional<Cable> bridgedPod(NamespaceId host, String device, List<Source> seen) {
    return bridged
        .at(host, device)
        .map(found ->
            new Cable.To(
                found.pod(),
                podDevice(found.pod()),
                with(seen, found.evidence()),
                found.assumption()));
  }

  private Optional<Cable> bridgePort(NamespaceId pod, List<Source> seen) {
    return bridged
        .of(pod)
        .map(found ->
            new Cable.To(
                NamespaceId.host(pod.node()),
                found.port(),
                with(seen, found.evidence()),
                found.assumption()));
  }

  private Optional<Cable> subnetDevice(NamespaceId pod, List<Source> seen) {
    return world.stack(pod).addresses().stream()
        .flatMap(own -> UnlistedBridge.of(world, pod, own.address()).stream())
        .findFirst()
        .map(near ->
            new Cable.To(
                NamespaceId.host(pod.node()),
                near.device(),
                with(seen, near.route().source()),
                Optional.of(UnlistedBridge.assumption(pod, near))));
  }

  private Optional<Cable> podAtPort(NamespaceId host, String device, List<Source> seen) {
    return world
        .attachments()
        .at(host, device)
        .map(found -> to(found.pod(), podDevice(found.pod()), with(seen, found.evidence())));
  }

  private Optional<Cable> portOfPod(NamespaceId pod, List<Source> seen) {
    return world
        .attachments()
        .of(pod)
        .map(found -> to(found.host(), found.device(), with(seen, found.evidence())));
  }

  private Stream<WorkloadEndpoint> endpoints() {
    return Stream.concat(
        world.snapshot().cluster().workloadEndpoints().stream(),
        world.snapshot().cluster().formerWorkloadEndpoints().stream().map(Former::object));
  }

  private Optional<Cable> endpointOfDevice(NamespaceId host, String device, List<Source> seen) {
    return endpoints()
        .filter(endpoint -> endpoint.device().filter(device::equals).isPresent())
        .filter(endpoint -> endpoint.node().filter(host.node()::equals).isPresent())
        .findFirst()
        .flatMap(endpoint ->
            PodNamespaces.of(
                    world.snapshot(),
                    new ObjectName(endpoint.namespace(), endpoint.workload()),
                    endpoint.node())
                .map(pod -> to(pod, podDevice(pod), with(seen, endpoint.source()))));
  }

  private Optional<Cable> deviceOfEndpoint(NamespaceId pod, List<Source> seen) {
    return endpoints()
        .filter(endpoint -> endpoint.device().isPresent())
        .filter(endpoint ->
            PodNamespaces.of(
                    world.snapshot(),
                    new ObjectName(endpoint.namespace(), endpoint.workload()),
                    endpoint.node())
                .filter(pod::equals)
                .isPresent())
        .findFirst()
        .map(endpoint ->
            to(
                NamespaceId.host(pod.node()),
                endpoint.device().orElseThrow(),
                with(seen, endpoint.source())));
  }

  /** {@code 10.1.2.3 dev veth… scope link}: whoever has 10.1.2.3 is behind that device. */
  private Optional<Cable> routedPod(NamespaceId host, String device, List<Source> seen) {
    return hostRoutes(host)
        .filter(route -> leavesBy(route, device))
        .flatMap(route ->
            podsOn(host.node(), route).map(pod -> concluded(pod, route, host, device, seen)))
        .findFirst();
  }

  private Stream<NamespaceId> podsOn(String node, Route route) {
    return world.owners(route.destination().address()).stream()
        .map(World.Owner::namespace)
        .filter(owner -> owner.node().equals(node) && !owner.isHost());
  }

  private Cable concluded(
      NamespaceId pod, Route route, NamespaceId host, String device, List<Source> seen) {
    String podDevice = podDevice(pod);
    return new Cable.To(
        pod,
        podDevice,
        with(seen, route.source()),
        Optional.of(assumed(host, device, pod, podDevice, route)));
  }

  private Optional<Cable> routingDevice(NamespaceId pod, String device, List<Source> seen) {
    NamespaceId host = NamespaceId.host(pod.node());
    return hostRoutes(host)
        .filter(route -> world.stack(pod).own(route.destination().address()).isPresent())
        .filter(route -> deviceOf(route).isPresent())
        .findFirst()
        .map(route ->
            new Cable.To(
                host,
                deviceOf(route).orElseThrow(),
                with(seen, route.source()),
                Optional.of(assumed(host, deviceOf(route).orElseThrow(), pod, device, route))));
  }

  private Stream<Route> hostRoutes(NamespaceId host) {
    return Stream.of(IpFamily.values())
        .flatMap(family ->
            world.namespace(host).routing().tables().table(family, RouteTables.MAIN).stream())
        .filter(route -> route.destination().isHost());
  }

  private static boolean leavesBy(Route route, String device) {
    return deviceOf(route).filter(device::equals).isPresent();
  }

  private static Optional<String> deviceOf(Route route) {
    return route.nextHops().stream()
        .filter(hop -> hop.gateway().isEmpty())
        .findFirst()
        .flatMap(NextHop::device);
  }

  /** The pod's device: the one that has an address, else the one that every plugin makes. */
  private String podDevice(NamespaceId pod) {
    return world.stack(pod).addresses().stream()
        .filter(address -> !address.address().isLoopback())
        .map(LocalAddress::device)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> cableOf(pod))
        .orElse(POD_DEVICE);
  }

  private Optional<String> cableOf(NamespaceId pod) {
    return world.namespace(pod).links().devices().stream()
        .filter(device -> device.kind() instanceof DeviceKind.Veth)
        .map(Device::name)
        .findFirst();
  }

  private Assumption assumed(
      NamespaceId host, String hostDevice, NamespaceId pod, String podDevice, Route route) {
    return new Assumption(
        hostDevice
            + " of "
            + host
            + " and "
            + podDevice
            + " of "
            + pod
            + " are the ends of one cable",
        Commands.in(host, "ip -d link show " + hostDevice),
        List.of(route.source()));
  }

  private static Cable to(NamespaceId namespace, String device, List<Source> evidence) {
    return new Cable.To(namespace, device, evidence, Optional.empty());
  }

  private static List<Source> with(List<Source> seen, Source more) {
    return with(seen, List.of(more));
  }

  private static List<Source> with(List<Source> seen, List<Source> more) {
    List<Source> all = new ArrayList<>(seen);
    all.addAll(more);
    return all;
  }
}
