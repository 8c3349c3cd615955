package io.packetwalk.report;

import static io.packetwalk.report.SampleCluster.API_MAC;
import static io.packetwalk.report.SampleCluster.API_NAMESPACE;
import static io.packetwalk.report.SampleCluster.CALI;
import static io.packetwalk.report.SampleCluster.CART;
import static io.packetwalk.report.SampleCluster.CART_MAC;
import static io.packetwalk.report.SampleCluster.CART_NAMESPACE;
import static io.packetwalk.report.SampleCluster.WORKER1;
import static io.packetwalk.report.SampleCluster.WORKER1_MAC;
import static io.packetwalk.report.SampleCluster.WORKER2;
import static io.packetwalk.report.SampleCluster.WORKER2_MAC;
import static io.packetwalk.report.SampleCluster.echo;
import static io.packetwalk.report.SampleCluster.echoReply;
import static io.packetwalk.report.SampleCluster.frame;
import static io.packetwalk.report.SampleCluster.source;
import static io.packetwalk.report.SampleCluster.step;

import io.packetwalk.model.NamespaceId;
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
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import java.util.Optional;

/** Pod to pod through IP-in-IP, with one assumption. */
final class IpInIpWalk {
  private static Assumption rules(String node, NamespaceId place) {
    return new Assumption(
        "the IPv4 policy rules of " + place + " are the kernel's default ones",
        "on " + node + ": ip rule");
  }

  private static final Ipv4 OUTER =
      Ipv4.of(IpAddress.of("192.168.50.11"), IpAddress.of("192.168.50.12"), IpProtocol.IPV4, 63);

  private IpInIpWalk() {}

  static Walk walk() {
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
            List.of(filter, rules("worker1", WORKER1), rules("worker2", WORKER2)));
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
}
