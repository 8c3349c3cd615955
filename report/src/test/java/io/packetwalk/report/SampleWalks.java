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
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Walks made by hand, as the walker makes them. */
final class SampleWalks {
  static final IpAddress API = IpAddress.of("10.244.235.131");
  static final IpAddress CART = IpAddress.of("10.244.189.69");
  static final NamespaceId API_NAMESPACE = new NamespaceId("worker1", "cni-f275deb8");
  static final NamespaceId CART_NAMESPACE = new NamespaceId("worker2", "cni-a0765aba");
  static final NamespaceId WORKER1 = NamespaceId.host("worker1");
  static final NamespaceId WORKER2 = NamespaceId.host("worker2");
  private static final MacAddress CALI = MacAddress.of("ee:ee:ee:ee:ee:ee");
  private static final MacAddress API_MAC = MacAddress.of("3a:5f:0c:91:d2:07");
  private static final MacAddress CART_MAC = MacAddress.of("86:1b:e4:2d:70:5a");
  private static final MacAddress WORKER1_MAC = MacAddress.of("52:54:00:8b:1e:11");
  private static final MacAddress WORKER2_MAC = MacAddress.of("52:54:00:8b:1e:12");

  private SampleWalks() {}

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

  private static Ethernet frame(MacAddress source, MacAddress destination) {
    return new Ethernet(destination, source, EtherType.IPV4);
  }

  private static Packet echo(int ttl) {
    return Packet.of(
        Ipv4.of(API, CART, IpProtocol.ICMP, ttl), Icmp.echoRequest(1, 1), Payload.zeros(56));
  }

  private static Packet echoReply(int ttl) {
    return Packet.of(
        Ipv4.of(CART, API, IpProtocol.ICMP, ttl), Icmp.of(0, 0, 0x10001), Payload.zeros(56));
  }

  private static final Ipv4 OUTER =
      Ipv4.of(IpAddress.of("192.168.50.11"), IpAddress.of("192.168.50.12"), IpProtocol.IPV4, 63);

  /** Pod to pod through IP-in-IP, with one assumption. */
  static Walk ipInIp() {
    Question question =
        new Question(
            new Origin.Inside(API_NAMESPACE),
            CART,
            Optional.empty(),
            new Probe.IcmpMessage(8, 0, 1, 1, 56),
            64);
    Assumption filter =
        new Assumption(
            "no netfilter rule of worker2 touches the packet",
            "worker2# iptables-save -c; nft list ruleset",
            List.of(source("worker2.txt", 3, "root@worker2:~# ip -d addr")));
    Branch forward =
        new Branch(
            1,
            Verdict.DELIVERED,
            "the pod's stack has the address 10.244.189.69",
            forwardSteps(),
            List.of(filter));
    Branch reply =
        new Branch(
            1,
            Verdict.DELIVERED,
            "the pod's stack has the address 10.244.235.131",
            replySteps(),
            List.of(filter));
    return new Walk(
        question, new Direction(List.of(forward)), Optional.of(new Direction(List.of(reply))));
  }

  private static List<Step> forwardSteps() {
    Packet leaving = echo(64).within(frame(API_MAC, CALI));
    Packet between = echo(63).within(OUTER).within(frame(WORKER1_MAC, WORKER2_MAC));
    return List.of(
        step(API_NAMESPACE, "", Stage.SEND, Action.FORWARD, "a program sends it", echo(64)),
        step(
            API_NAMESPACE,
            "eth0",
            Stage.ROUTE,
            Action.FORWARD,
            "the default route goes to 169.254.1.1 on eth0",
            echo(64),
            source("worker1.txt", 150, "default via 169.254.1.1 dev eth0"),
            source("worker1.txt", 146, "32766:\tfrom all lookup main")),
        step(
            API_NAMESPACE,
            "eth0",
            Stage.NEIGHBOUR,
            Action.FORWARD,
            "169.254.1.1 is at ee:ee:ee:ee:ee:ee",
            leaving,
            source("worker1.txt", 170, "169.254.1.1 dev eth0 lladdr ee:ee:ee:ee:ee:ee REACHABLE")),
        step(API_NAMESPACE, "eth0", Stage.EGRESS, Action.FORWARD, "it leaves by eth0", leaving),
        step(
            WORKER1,
            "cali6b74f1cc481",
            Stage.INGRESS,
            Action.FORWARD,
            "the other end of the pod's eth0",
            leaving,
            source("worker1.txt", 12, "4: cali6b74f1cc481@if3: <BROADCAST,MULTICAST,UP,LOWER_UP>")),
        step(
            WORKER1,
            "tunl0",
            Stage.ROUTE,
            Action.FORWARD,
            "10.244.189.64/26 is behind 192.168.50.12, through tunl0",
            echo(64),
            source(
                "worker1.txt",
                60,
                "10.244.189.64/26 via 192.168.50.12 dev tunl0 proto bird onlink")),
        step(
            WORKER1,
            "tunl0",
            Stage.FORWARDING,
            Action.REWRITE,
            "forwarding is on, and 84 bytes fit the MTU of 1480",
            echo(63),
            source("worker1.txt", 110, "net.ipv4.ip_forward = 1")),
        step(WORKER1, "tunl0", Stage.EGRESS, Action.FORWARD, "it leaves by tunl0", echo(63)),
        step(
            WORKER1,
            "tunl0",
            Stage.TUNNEL,
            Action.ENCAPSULATE,
            "tunl0 puts it into IP, to the gateway 192.168.50.12",
            echo(63).within(OUTER),
            source("worker1.txt", 9, "    ipip any remote any local any ttl inherit nopmtudisc")),
        step(WORKER1, "eth0", Stage.EGRESS, Action.FORWARD, "it leaves by eth0", between),
        step(
            WORKER1,
            "eth0",
            Stage.UNDERLAY,
            Action.FORWARD,
            "192.168.50.12 is in the same subnet: worker2 gets the frame",
            between),
        step(WORKER2, "eth0", Stage.INGRESS, Action.FORWARD, "it comes in by eth0", between),
        step(
            WORKER2,
            "tunl0",
            Stage.TUNNEL,
            Action.DECAPSULATE,
            "tunl0 takes the outer header off",
            echo(63),
            source("worker2.txt", 9, "    ipip any remote any local any ttl inherit nopmtudisc")),
        step(WORKER2, "tunl0", Stage.INGRESS, Action.FORWARD, "it comes in by tunl0", echo(63)),
        step(
            WORKER2,
            "cali378e309207b",
            Stage.FORWARDING,
            Action.REWRITE,
            "forwarding is on",
            echo(62),
            source("worker2.txt", 90, "net.ipv4.ip_forward = 1")),
        step(
            WORKER2,
            "cali378e309207b",
            Stage.EGRESS,
            Action.FORWARD,
            "it leaves by cali378e309207b",
            echo(62).within(frame(CALI, CART_MAC))),
        step(
            CART_NAMESPACE,
            "eth0",
            Stage.INGRESS,
            Action.FORWARD,
            "it comes in by eth0",
            echo(62).within(frame(CALI, CART_MAC))),
        step(
            CART_NAMESPACE,
            "eth0",
            Stage.LOCAL,
            Action.DELIVER,
            "10.244.189.69 is an address of eth0",
            echo(62),
            source("worker2.txt", 140, "    inet 10.244.189.69/32 scope global eth0")));
  }

  private static List<Step> replySteps() {
    Packet leaving = echoReply(64).within(frame(CART_MAC, CALI));
    return List.of(
        step(CART_NAMESPACE, "", Stage.SEND, Action.FORWARD, "it answers", echoReply(64)),
        step(CART_NAMESPACE, "eth0", Stage.EGRESS, Action.FORWARD, "it leaves by eth0", leaving),
        step(
            WORKER2,
            "cali378e309207b",
            Stage.INGRESS,
            Action.FORWARD,
            "the other end of the pod's eth0",
            leaving),
        step(
            WORKER2,
            "eth0",
            Stage.EGRESS,
            Action.FORWARD,
            "it leaves by eth0",
            echoReply(63).within(frame(WORKER2_MAC, WORKER1_MAC))),
        step(
            WORKER1,
            "eth0",
            Stage.INGRESS,
            Action.FORWARD,
            "it comes in by eth0",
            echoReply(63).within(frame(WORKER2_MAC, WORKER1_MAC))),
        step(
            WORKER1,
            "cali6b74f1cc481",
            Stage.EGRESS,
            Action.FORWARD,
            "it leaves by cali6b74f1cc481",
            echoReply(62).within(frame(CALI, API_MAC))),
        step(
            API_NAMESPACE,
            "eth0",
            Stage.INGRESS,
            Action.FORWARD,
            "it comes in by eth0",
            echoReply(62).within(frame(CALI, API_MAC))),
        step(
            API_NAMESPACE,
            "eth0",
            Stage.LOCAL,
            Action.DELIVER,
            "10.244.235.131 is an address of eth0",
            echoReply(62)));
  }

  /** A node to a Service with two endpoints: one on a VXLAN tunnel, one whose node is unknown. */
  static Walk service() {
    IpAddress service = IpAddress.of("10.96.0.20");
    Packet sent = syn("192.168.50.11", "10.96.0.20", 80);
    Packet first = syn("192.168.50.11", "10.244.189.69", 8080);
    Packet second = syn("192.168.50.11", "10.244.7.7", 8080);
    Packet tunnelled =
        first
            .within(frame(MacAddress.ZERO, MacAddress.of("0a:00:00:00:00:02")))
            .within(Vxlan.of(4096))
            .within(Udp.of(0, Vxlan.PORT))
            .within(
                Ipv4.of(
                    IpAddress.of("192.168.50.11"),
                    IpAddress.of("192.168.50.12"),
                    IpProtocol.UDP,
                    64))
            .within(frame(WORKER1_MAC, WORKER2_MAC));
    Step send = step(WORKER1, "", Stage.SEND, Action.FORWARD, "a program sends it", sent);
    Branch delivered =
        new Branch(
            0.5,
            Verdict.DELIVERED,
            "worker2 has the address 10.244.189.69",
            List.of(
                send,
                step(
                    WORKER1,
                    "",
                    Stage.OUTPUT,
                    Action.REWRITE,
                    "service shop/cart takes the endpoint 10.244.189.69:8080, half of the times",
                    first,
                    source(
                        "worker1.txt",
                        400,
                        "-A KUBE-SVC-X -m statistic --mode random --probability 0.5 -j KUBE-SEP-A"),
                    source(
                        "worker1.txt",
                        405,
                        "-A KUBE-SEP-A -p tcp -j DNAT --to-destination 10.244.189.69:8080")),
                step(
                    WORKER1,
                    "vxlan.calico",
                    Stage.EGRESS,
                    Action.FORWARD,
                    "it leaves by vxlan.calico",
                    first.within(frame(MacAddress.ZERO, MacAddress.of("0a:00:00:00:00:02")))),
                step(
                    WORKER1,
                    "eth0",
                    Stage.EGRESS,
                    Action.ENCAPSULATE,
                    "it leaves by eth0 in VXLAN",
                    tunnelled),
                step(WORKER2, "eth0", Stage.INGRESS, Action.FORWARD, "it comes in", tunnelled),
                step(
                    WORKER2,
                    "lo",
                    Stage.LOCAL,
                    Action.DELIVER,
                    "10.244.189.69 is an address of worker2",
                    first)),
            List.of());
    Branch unknown =
        new Branch(
            0.5,
            Verdict.UNDETERMINED,
            "nobody asked worker1 for the route to 10.244.7.7",
            List.of(
                send,
                step(
                    WORKER1,
                    "",
                    Stage.OUTPUT,
                    Action.REWRITE,
                    "service shop/cart takes the endpoint 10.244.7.7:8080, half of the times",
                    second,
                    source(
                        "worker1.txt",
                        406,
                        "-A KUBE-SEP-B -p tcp -j DNAT --to-destination 10.244.7.7:8080"))),
            List.of(new Assumption("worker1 has no route to 10.244.7.7", "worker1# ip route")));
    Question question =
        new Question(
            new Origin.Inside(WORKER1),
            service,
            Optional.empty(),
            new Probe.TcpSyn(40000, 80, 0),
            64);
    return new Walk(question, new Direction(List.of(delivered, unknown)), Optional.empty());
  }

  private static Packet syn(String from, String to, int port) {
    return Packet.of(
        Ipv4.of(IpAddress.of(from), IpAddress.of(to), IpProtocol.TCP, 64), Tcp.syn(40000, port));
  }

  /** A packet that meets a hostile state: names and lines that would drive a terminal. */
  static Walk hostile() {
    NamespaceId place = new NamespaceId("wor\u001b[2Jker", "pod:shop/\u202egnp.exe");
    Packet packet = echo(64);
    Branch dropped =
        new Branch(
            1,
            Verdict.DROPPED,
            "a blackhole\u0007 route",
            List.of(
                step(
                    place,
                    "eth\u009b31m0",
                    Stage.ROUTE,
                    Action.DROP,
                    "blackhole",
                    packet,
                    source("a\u001b]0;title\u0007.txt", 7, "blackhole\t10.0.0.0/8\u001b[31m"))),
            List.of());
    Question question =
        new Question(
            new Origin.Inside(place),
            CART,
            Optional.empty(),
            new Probe.IcmpMessage(8, 0, 1, 1, 56),
            64);
    return new Walk(question, new Direction(List.of(dropped)), Optional.empty());
  }
}
