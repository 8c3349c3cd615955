package io.packetwalk.walk.plugin;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.function.Function;

/** What the numbers and addresses in flows are called in the cluster. */
final class AntreaNames {
  private final Snapshot snapshot;
  private final Switch bridge;
  private final Function<String, Optional<NamespaceId>> pods;

  AntreaNames(Snapshot snapshot, Switch bridge, Function<String, Optional<NamespaceId>> pods) {
    this.snapshot = snapshot;
    this.bridge = bridge;
    this.pods = pods;
  }

  Snapshot snapshot() {
    return snapshot;
  }

  /** {@code antrea-gw0}, {@code web-abc12-1f3a (pod shop/web-abc12)}, {@code port 7}. */
  String port(int number) {
    return bridge.port(number).map(this::port).orElse("port " + Integer.toUnsignedString(number));
  }

  private String port(SwitchPort port) {
    return podAt(port).map(pod -> port.device() + " (" + pod + ")").orElse(port.device());
  }

  /** The pod behind a port, as {@code pod shop/web-abc12}. */
  Optional<String> podAt(SwitchPort port) {
    return pods.apply(port.device()).map(this::pod);
  }

  /** The pod behind a port by its number. */
  Optional<Pod> podAt(int number) {
    return bridge.port(number).flatMap(port -> pods.apply(port.device())).flatMap(this::object);
  }

  private Optional<Pod> object(NamespaceId namespace) {
    return snapshot
        .cluster()
        .pods()
        .first(pod ->
            namespace.equals(snapshot.podNamespaces().get(pod.name()))
                || namespace.name().equals("pod:" + pod.name()));
  }

  private String pod(NamespaceId namespace) {
    return object(namespace)
        .map(pod -> "pod " + pod.name())
        .orElse(namespace.name().replaceFirst("^pod:", "pod "));
  }

  /** {@code 10.0.1.7}, with the pod that has it when one does. */
  String address(IpAddress address) {
    return snapshot
        .cluster()
        .podAt(address)
        .map(pod -> address + " (pod " + pod.name() + ")")
        .orElse(address.toString());
  }

  /** The Service with this address and port. */
  Optional<String> service(IpAddress address, int port) {
    return snapshot
        .cluster()
        .services()
        .first(service -> has(service, address, port))
        .map(service -> "Service " + service.name());
  }

  private static boolean has(Service service, IpAddress address, int port) {
    boolean addressed =
        service.clusterAddresses().contains(address)
            || service.externalAddresses().contains(address);
    return addressed && service.ports().stream().anyMatch(each -> each.number() == port);
  }
}
