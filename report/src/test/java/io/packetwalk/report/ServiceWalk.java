package io.packetwalk.report;

import static io.packetwalk.report.SampleCluster.WORKER1;
import static io.packetwalk.report.SampleCluster.WORKER1_MAC;
import static io.packetwalk.report.SampleCluster.WORKER2;
import static io.packetwalk.report.SampleCluster.WORKER2_MAC;
import static io.packetwalk.report.SampleCluster.frame;
import static io.packetwalk.report.SampleCluster.source;
import static io.packetwalk.report.SampleCluster.step;

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
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.List;
import java.util.Optional;

/** A node to a Service with two endpoints: one on a VXLAN tunnel, one whose node is unknown. */
final class ServiceWalk {
  private ServiceWalk() {}

  static Walk walk() {
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
}
