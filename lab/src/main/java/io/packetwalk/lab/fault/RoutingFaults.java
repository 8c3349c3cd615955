package io.packetwalk.lab.fault;

import static io.packetwalk.lab.fault.Places.block;
import static io.packetwalk.lab.fault.Places.first;
import static io.packetwalk.lab.fault.Places.in;
import static io.packetwalk.lab.fault.Places.on;
import static io.packetwalk.lab.fault.Places.pod;
import static io.packetwalk.lab.fault.Places.second;
import static io.packetwalk.lab.fault.Places.setting;

import io.packetwalk.lab.fault.Fault.Example;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import java.util.List;

/** Faults of routes, policy rules and of the settings that decide about forwarding. */
final class RoutingFaults {
  private static final Example ACROSS = Example.of("web", "cart");

  private RoutingFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "route-missing",
            "no route to another node's pods",
            "pods of worker1 can't reach pods of worker2; others can",
            plan ->
                plan.kind().carriage() != ClusterKind.Carriage.BGP && Fault.isRoutedByNodes(plan),
            ACROSS,
            plan ->
                List.of(
                    "ip -n %s route show %s >/run/lab/route-missing"
                        .formatted(first(plan).name(), block(plan)),
                    "ip -n " + first(plan).name() + " route del " + block(plan)),
            plan ->
                List.of(
                    "ip -n %s route add $(cat /run/lab/route-missing)"
                        .formatted(first(plan).name()))),
        new Fault(
            "route-blackhole",
            "a blackhole covers another node's pods",
            "packets to pods of worker2 vanish silently",
            Fault::isRoutedByNodes,
            ACROSS,
            plan ->
                List.of(
                    "ip -n %s route add blackhole %s".formatted(first(plan).name(), cart(plan))),
            plan ->
                List.of(
                    "ip -n %s route del blackhole %s".formatted(first(plan).name(), cart(plan)))),
        new Fault(
            "route-stale",
            "a route to a node that is gone",
            "one pod of worker2 can't be reached from worker1",
            Fault::isRoutedByNodes,
            ACROSS,
            plan ->
                List.of(
                    "ip -n %s route add %s via 192.168.50.99 dev eth0"
                        .formatted(first(plan).name(), cart(plan))),
            plan ->
                List.of(
                    "ip -n %s route del %s via 192.168.50.99 dev eth0"
                        .formatted(first(plan).name(), cart(plan)))),
        new Fault(
            "route-of-pod-missing",
            "the node has no route to its own pod",
            "the pod can't be reached by anybody",
            Fault::isRouted,
            ACROSS,
            plan -> List.of("ip -n %s route del %s".formatted(second(plan).name(), cart(plan))),
            plan ->
                List.of(
                    "ip -n %s route add %s dev %s scope link"
                        .formatted(second(plan).name(), cart(plan), pod(plan, "cart").device()))),
        new Fault(
            "route-loop",
            "two nodes send a pod's packets to each other",
            "packets to one pod circle until their TTL ends",
            Fault::isRouted,
            ACROSS,
            plan ->
                List.of(
                    "ip -n %s route replace %s via %s dev eth0"
                        .formatted(second(plan).name(), cart(plan), first(plan).address().ipv4())),
            plan ->
                List.of(
                    "ip -n %s route replace %s dev %s scope link"
                        .formatted(second(plan).name(), cart(plan), pod(plan, "cart").device()))),
        new Fault(
            "default-route-of-pod-missing",
            "the pod has no default route",
            "the pod reaches nothing outside of its own network",
            plan -> true,
            ACROSS,
            plan -> List.of("ip -n " + pod(plan, "web").netns() + " route del default"),
            plan ->
                List.of(
                    "ip -n %s route add default via %s dev eth0"
                        .formatted(
                            pod(plan, "web").netns(),
                            Fault.isPointToPoint(plan)
                                ? "169.254.1.1"
                                : first(plan).gateway().ipv4()))),
        new Fault(
            "ip-forward-off",
            "a node doesn't forward",
            "pods of worker2 reach nothing, and nothing reaches them, but on their own node",
            Fault::isRoutedByNodes,
            ACROSS,
            plan -> List.of(setting(second(plan), "net.ipv4.ip_forward", 0)),
            plan -> List.of(setting(second(plan), "net.ipv4.ip_forward", 1))),
        new Fault(
            "forwarding-of-device-off",
            "the uplink of a node doesn't forward",
            "nothing from outside reaches the pods of worker2",
            plan -> plan.kind().tunnelDevice().isEmpty(),
            ACROSS,
            plan -> List.of(setting(second(plan), "net.ipv4.conf.eth0.forwarding", 0)),
            plan -> List.of(setting(second(plan), "net.ipv4.conf.eth0.forwarding", 1))),
        new Fault(
            "rp-filter-strict",
            "a strict reverse path check, and a way back by another device",
            "requests arrive at the node and are dropped before anything counts them",
            plan -> plan.kind().tunnelDevice().isEmpty(),
            ACROSS,
            plan ->
                List.of(
                    setting(second(plan), "net.ipv4.conf.eth0.rp_filter", 1),
                    "ip -n %s link add uplink2 type dummy 2>/dev/null || ip -n %s link add uplink2 type bridge"
                        .formatted(second(plan).name(), second(plan).name()),
                    "ip -n " + second(plan).name() + " link set uplink2 up",
                    "ip -n %s route add %s dev uplink2"
                        .formatted(second(plan).name(), pod(plan, "web").address().ipv4())),
            plan ->
                List.of(
                    "ip -n " + second(plan).name() + " link del uplink2",
                    setting(second(plan), "net.ipv4.conf.eth0.rp_filter", 0))),
        new Fault(
            "policy-rule",
            "a policy rule sends pods' packets to an empty table with a blackhole",
            "one pod reaches nothing although the main table is right",
            Fault::isRoutedByNodes,
            ACROSS,
            plan ->
                List.of(
                    "ip -n %s route add blackhole default table 177".formatted(first(plan).name()),
                    "ip -n %s rule add from %s lookup 177 pref 1000"
                        .formatted(first(plan).name(), pod(plan, "web").address().ipv4())),
            plan ->
                List.of(
                    "ip -n " + first(plan).name() + " rule del pref 1000",
                    "ip -n " + first(plan).name() + " route flush table 177")),
        new Fault(
            "bird-down",
            "BIRD of a node has ended",
            "routes to the node's pods vanish from the others",
            plan -> plan.kind().carriage() == ClusterKind.Carriage.BGP,
            ACROSS,
            plan -> List.of("birdc -s /run/lab/worker2/bird.ctl down >/dev/null", "sleep 2"),
            plan ->
                List.of(
                    on(
                        second(plan),
                        "bird -c /run/lab/worker2/bird.conf -s /run/lab/worker2/bird.ctl -P"
                            + " /run/lab/worker2/bird.pid"),
                    "sleep 4")),
        new Fault(
            "pod-address-lost",
            "the pod has lost its address",
            "the pod can't be reached and reaches nothing",
            plan -> true,
            ACROSS,
            plan ->
                List.of(
                    "ip -n %s addr del %s dev eth0"
                        .formatted(pod(plan, "cart").netns(), withLength(plan))),
            plan ->
                List.of(
                    "ip -n %s addr add %s dev eth0"
                        .formatted(pod(plan, "cart").netns(), withLength(plan)),
                    in(pod(plan, "cart"), "true"),
                    "ip -n %s route replace default via %s dev eth0 %s"
                        .formatted(
                            pod(plan, "cart").netns(),
                            Fault.isPointToPoint(plan)
                                ? "169.254.1.1"
                                : second(plan).gateway().ipv4(),
                            Fault.isPointToPoint(plan) ? "onlink" : ""))));
  }

  private static String cart(Plan plan) {
    return pod(plan, "cart").address().ipv4();
  }

  private static String withLength(Plan plan) {
    return cart(plan) + (Fault.isPointToPoint(plan) ? "/32" : "/24");
  }
}
