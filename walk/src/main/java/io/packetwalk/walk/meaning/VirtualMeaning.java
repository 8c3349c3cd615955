package io.packetwalk.walk.meaning;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.walk.meaning.ServicePorts.ServicePort;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.List;
import java.util.Optional;

/**
 * The virtual servers that kube-proxy makes in its IPVS mode: by address and port they are a
 * Service's, by the port alone a NodePort's.
 */
final class VirtualMeaning {
  private final Cluster cluster;
  private final ServicePorts ports;

  VirtualMeaning(Cluster cluster) {
    this.cluster = cluster;
    this.ports = new ServicePorts(cluster);
  }

  /** A Service's port, and what of it the packet was sent to. */
  private record Meant(ServicePort port, String by) {}

  Optional<Meaning> of(int protocol, IpAddress virtual, int port, Optional<IpAddress> real) {
    return meant(protocol, virtual, port)
        .map(meant -> {
          String whose =
              real.flatMap(cluster::podAt)
                  .map(pod -> "endpoint pod " + pod.name() + " of ")
                  .orElse(real.isPresent() ? "an endpoint of " : "");
          String text = whose + "Service " + meant.port() + meant.by();
          return new Meaning(text, ports.evidence(meant.port(), real));
        });
  }

  private Optional<Meant> meant(int protocol, IpAddress virtual, int number) {
    Optional<Meant> found = Optional.empty();
    for (Service service : cluster.services().entries()) {
      for (Service.Port port : service.ports()) {
        boolean same = name(protocol).equals(port.protocol());
        ServicePort named = new ServicePort(service.name(), port.name().orElse(""));
        if (same && port.number() == number && service.clusterAddresses().contains(virtual)) {
          return Optional.of(new Meant(named, ""));
        }
        if (same && port.number() == number && service.externalAddresses().contains(virtual)) {
          return Optional.of(new Meant(named, ", by an address from outside"));
        }
        if (same && port.nodePort().orElse(0) == number) {
          found = Optional.of(new Meant(named, ", by its NodePort"));
        }
      }
    }
    return found.filter(meant -> isNodes(virtual));
  }

  /** A Service's own address at another Service's NodePort is none. */
  private boolean isNodes(IpAddress virtual) {
    return cluster.services().stream()
        .map(Service::clusterAddresses)
        .noneMatch((List<IpAddress> addresses) -> addresses.contains(virtual));
  }

  private static String name(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> "TCP";
      case IpProtocol.UDP -> "UDP";
      case IpProtocol.SCTP -> "SCTP";
      default -> "";
    };
  }
}
