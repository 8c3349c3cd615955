package io.packetwalk.report;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.walk.Action;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cluster that walks made by hand go through, and the making of their parts. */
final class SampleCluster {
  static final IpAddress API = IpAddress.of("10.244.235.131");
  static final IpAddress CART = IpAddress.of("10.244.189.69");
  static final NamespaceId API_NAMESPACE = new NamespaceId("worker1", "cni-f275deb8");
  static final NamespaceId CART_NAMESPACE = new NamespaceId("worker2", "cni-a0765aba");
  static final NamespaceId WORKER1 = NamespaceId.host("worker1");
  static final NamespaceId WORKER2 = NamespaceId.host("worker2");
  static final MacAddress CALI = MacAddress.of("ee:ee:ee:ee:ee:ee");
  static final MacAddress API_MAC = MacAddress.of("3a:5f:0c:91:d2:07");
  static final MacAddress CART_MAC = MacAddress.of("86:1b:e4:2d:70:5a");
  static final MacAddress WORKER1_MAC = MacAddress.of("52:54:00:8b:1e:11");
  static final MacAddress WORKER2_MAC = MacAddress.of("52:54:00:8b:1e:12");

  private SampleCluster() {}

  static Snapshot snapshot() {
    ObjectName api = new ObjectName("shop", "api-7c9f8d6b54-x2k4p");
    ObjectName cart = new ObjectName("shop", "cart-6bb7f9c4d8-9tqzl");
    Cluster unknown = Cluster.unknown();
    Source seen = source("kubectl.txt", 5, "admin@bastion:~$ kubectl get pods -A -o wide");
    Cluster cluster =
        new Cluster(
            unknown.nodes(),
            Listing.complete(List.of(pod(api, API), pod(cart, CART)), seen),
            List.of(),
            unknown.services(),
            unknown.endpoints(),
            unknown.networkPolicies(),
            unknown.ipPools(),
            unknown.workloadEndpoints(),
            List.of(),
            unknown.bgpPeers(),
            unknown.bgpSessions(),
            unknown.computedPolicies(),
            unknown.podAppearances());
    return new Snapshot(
        Map.of(WORKER1, NetworkNamespace.unknown(WORKER1)),
        Map.of(api, API_NAMESPACE, cart, CART_NAMESPACE),
        cluster,
        List.of(),
        Inventory.empty());
  }

  private static Pod pod(ObjectName name, IpAddress address) {
    return new Pod(
        name,
        List.of(address),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(false),
        Map.of(),
        List.of(),
        false,
        source("kubectl.txt", 9, name + " " + address));
  }

  static Source source(String file, int line, String text) {
    return new Source(file, line, text);
  }

  static Step step(
      NamespaceId place,
      String device,
      Stage stage,
      Action action,
      String decision,
      Packet packet,
      Source... evidence) {
    return new Step(place, device, stage, action, decision, List.of(evidence), packet);
  }

  static Ethernet frame(MacAddress source, MacAddress destination) {
    return new Ethernet(destination, source, EtherType.IPV4);
  }

  /** A ping from one pod to the other. */
  static Packet echo(int ttl) {
    return Packet.of(
        Ipv4.of(API, CART, IpProtocol.ICMP, ttl), Icmp.echoRequest(1, 1), Payload.zeros(56));
  }

  /** The answer to it. */
  static Packet echoReply(int ttl) {
    return Packet.of(
        Ipv4.of(CART, API, IpProtocol.ICMP, ttl), Icmp.of(0, 0, 0x10001), Payload.zeros(56));
  }
}
