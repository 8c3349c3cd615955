package io.packetwalk.cli.question;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.Endpoints;
import io.packetwalk.model.cluster.Former;
import io.packetwalk.model.cluster.KubernetesNode;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.cluster.Service;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A small cluster as a state might show it. */
final class States {
  static final Source SOURCE = new Source("kubectl.txt", 1, "$ kubectl get …");
  static final Source LATER = new Source("kubectl.txt", 90, "$ kubectl get pods -A -o wide");

  private States() {}

  /** Two nodes, pods with one and two families, a pod that is gone, and Services. */
  static Snapshot shop() {
    Cluster none = Cluster.unknown();
    Cluster cluster =
        new Cluster(
            Listing.complete(List.of(node("w1", "192.0.2.1"), node("w2", "192.0.2.2")), SOURCE),
            Listing.complete(
                List.of(
                    pod("shop/api", "w1", "10.0.1.5", "fd00::1:5"),
                    pod("shop/cart", "w2", "10.0.2.7", "fd00::2:7"),
                    pod("shop/six", "w2", "fd00::2:9"),
                    pod("kube-system/proxy", "w1", "192.0.2.1"),
                    pod("shop/pending", "")),
                SOURCE),
            List.of(new Former<>(pod("shop/old", "w1", "10.0.1.9"), LATER)),
            Listing.complete(
                List.of(
                    service("shop/cart", "10.96.0.7", port("http", 80, "TCP")),
                    service(
                        "kube-system/dns",
                        "10.96.0.10",
                        port("dns", 53, "UDP"),
                        port("dns-tcp", 53, "TCP"),
                        port("metrics", 9153, "TCP")),
                    service("shop/headless", "", port("http", 80, "TCP")),
                    service("shop/both", "", port("http", 80, "TCP")),
                    service("shop/one", "", port("http", 80, "TCP")),
                    alias("shop/elsewhere", "db.example.com")),
                SOURCE),
            Listing.complete(
                List.of(
                    endpoints("shop/both", "10.0.1.5", "10.0.2.7"),
                    endpoints("shop/one", "10.0.2.7")),
                SOURCE),
            none.networkPolicies(),
            none.ipPools(),
            none.workloadEndpoints(),
            List.of(),
            none.bgpPeers(),
            none.bgpSessions(),
            none.computedPolicies(),
            none.podAppearances());
    NamespaceId host = NamespaceId.host("w1");
    return new Snapshot(
        Map.of(host, NetworkNamespace.unknown(host)),
        Map.of(new ObjectName("shop", "cart"), new NamespaceId("w2", "cni-77")),
        cluster,
        List.of(),
        Inventory.empty());
  }

  private static KubernetesNode node(String name, String address) {
    return new KubernetesNode(
        name,
        List.of(IpAddress.of(address)),
        List.of(),
        List.of(),
        Optional.of("Ready"),
        Map.of(),
        SOURCE);
  }

  private static Pod pod(String name, String node, String... addresses) {
    return new Pod(
        name(name),
        Stream.of(addresses).map(IpAddress::of).toList(),
        Optional.of(node).filter(known -> !known.isEmpty()),
        Optional.of("Running"),
        Optional.of(true),
        Optional.empty(),
        Map.of(),
        List.of(),
        false,
        SOURCE);
  }

  private static Endpoints endpoints(String service, String... addresses) {
    List<Endpoints.Endpoint> endpoints =
        Stream.of(addresses)
            .map(address ->
                new Endpoints.Endpoint(
                    IpAddress.of(address),
                    OptionalInt.of(80),
                    Optional.of("http"),
                    Optional.of("TCP"),
                    Optional.of(true),
                    Optional.empty()))
            .toList();
    return new Endpoints(name(service), name(service), endpoints, false, SOURCE);
  }

  private static Service alias(String name, String externalName) {
    return service(name, "ExternalName", List.of(), Optional.of(externalName));
  }

  private static Service service(String name, String address, Service.Port... ports) {
    return service(
        name,
        "ClusterIP",
        address.isEmpty() ? List.of() : List.of(IpAddress.of(address)),
        Optional.empty(),
        ports);
  }

  private static Service service(
      String name,
      String type,
      List<IpAddress> addresses,
      Optional<String> externalName,
      Service.Port... ports) {
    return new Service(
        name(name),
        type,
        addresses,
        List.of(),
        externalName,
        List.of(ports),
        Map.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        SOURCE);
  }

  private static Service.Port port(String name, int number, String protocol) {
    return new Service.Port(
        Optional.of(name), number, protocol, Optional.empty(), OptionalInt.empty());
  }

  private static ObjectName name(String text) {
    int slash = text.indexOf('/');
    return new ObjectName(text.substring(0, slash), text.substring(slash + 1));
  }
}
