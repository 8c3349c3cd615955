package io.packetwalk.lab.fault;

import static io.packetwalk.lab.fault.Places.bridge;
import static io.packetwalk.lab.fault.Places.cable;
import static io.packetwalk.lab.fault.Places.first;
import static io.packetwalk.lab.fault.Places.pod;
import static io.packetwalk.lab.fault.Places.second;
import static io.packetwalk.lab.fault.Places.setting;

import io.packetwalk.lab.fault.Fault.Example;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import java.util.List;

/** Faults of devices, bridges and neighbours. */
final class LinkFaults {
  private static final Example ACROSS = Example.of("web", "cart");
  private static final Example SAME_NODE = Example.of("web", "api");

  private LinkFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "link-down",
            "the node's end of a pod's cable is down",
            "the pod can't be reached and reaches nothing",
            plan -> true,
            ACROSS,
            plan -> List.of(link(plan, "down")),
            plan -> List.of(link(plan, "up"), routeBack(plan))),
        new Fault(
            "uplink-mtu",
            "the uplink of a node carries less than its tunnel or pods send",
            "small packets pass, large ones vanish or are refused",
            plan -> true,
            new Example("web", "cart", "udp", 1372),
            plan -> List.of("ip -n " + first(plan).name() + " link set eth0 mtu 1300"),
            plan ->
                List.of(
                    "ip -n " + first(plan).name() + " link set eth0 mtu 1500",
                    "ip -n " + first(plan).name() + " route flush cache",
                    "ip -n " + pod(plan, "web").netns() + " route flush cache")),
        new Fault(
            "pod-mtu",
            "a pod's device is larger than the node's end",
            "large packets of the pod vanish on its cable",
            plan -> true,
            new Example("web", "cart", "udp", 1372),
            plan ->
                List.of(
                    "ip -n %s link set %s mtu 1300"
                        .formatted(first(plan).name(), cable(pod(plan, "web")))),
            plan ->
                List.of(
                    "ip -n %s link set %s mtu %d"
                        .formatted(first(plan).name(), cable(pod(plan, "web")), plan.podMtu()))),
        new Fault(
            "proxy-arp-off",
            "the node doesn't answer the pod's question for its gateway",
            "the pod reaches nothing: its neighbour stays FAILED",
            Fault::isRouted,
            ACROSS,
            plan ->
                List.of(
                    setting(
                        first(plan),
                        "net/ipv4/conf/" + pod(plan, "web").device() + "/proxy_arp",
                        0),
                    "ip -n " + pod(plan, "web").netns() + " neigh flush all"),
            plan ->
                List.of(
                    setting(
                        first(plan),
                        "net/ipv4/conf/" + pod(plan, "web").device() + "/proxy_arp",
                        1))),
        new Fault(
            "neighbour-wrong",
            "a stale permanent neighbour: another MAC address than the pod has",
            "frames reach the pod's device and are ignored",
            plan -> Fault.isRoutedByNodes(plan) && plan.kind() != ClusterKind.ANTREA_POLICYONLY,
            ACROSS,
            plan -> List.of(neighbour(plan, "replace") + " lladdr 02:00:00:00:de:ad nud permanent"),
            plan -> List.of(neighbour(plan, "del"))),
        new Fault(
            "bridge-port-isolated",
            "two ports of the bridge are isolated",
            "pods of one node don't reach each other, but everything else",
            Fault::isBridged,
            SAME_NODE,
            plan -> ports(plan, "isolated on"),
            plan -> ports(plan, "isolated off")),
        new Fault(
            "bridge-port-without-master",
            "a pod's cable isn't a port of the bridge any more",
            "the pod can't be reached and reaches nothing",
            Fault::isBridged,
            ACROSS,
            plan -> List.of("ip -n worker2 link set " + cable(pod(plan, "cart")) + " nomaster"),
            plan ->
                List.of(
                    "ip -n worker2 link set "
                        + cable(pod(plan, "cart"))
                        + " master "
                        + bridge(plan))),
        new Fault(
            "bridge-address-lost",
            "the bridge has lost the pods' gateway address",
            "pods reach each other on their node, and nothing else",
            Fault::isBridged,
            ACROSS,
            plan -> List.of(gateway(plan, "del")),
            plan -> List.of(gateway(plan, "add"))),
        new Fault(
            "hairpin-off",
            "the pod's bridge port doesn't send frames back where they came from",
            "a pod reaches all Services but its own",
            Fault::isBridged,
            new Example("cart", "svc/shop/cart:80", "udp", 64),
            plan ->
                List.of(
                    "bridge -n worker2 link set dev " + cable(pod(plan, "cart")) + " hairpin off"),
            plan ->
                List.of(
                    "bridge -n worker2 link set dev " + cable(pod(plan, "cart")) + " hairpin on")));
  }

  private static String link(Plan plan, String state) {
    return "ip -n " + second(plan).name() + " link set " + cable(pod(plan, "cart")) + " " + state;
  }

  /** A device that goes down takes its routes with it. */
  private static String routeBack(Plan plan) {
    return Fault.isRouted(plan)
        ? "ip -n %s route replace %s dev %s scope link"
            .formatted(
                second(plan).name(), pod(plan, "cart").address().ipv4(), pod(plan, "cart").device())
        : "true";
  }

  private static String neighbour(Plan plan, String verb) {
    String device =
        switch (plan.kind().pods()) {
          case BRIDGED -> bridge(plan);
          case ROUTED -> pod(plan, "cart").device();
          case SWITCHED -> "antrea-gw0";
        };
    return "ip -n %s neigh %s %s dev %s"
        .formatted(second(plan).name(), verb, pod(plan, "cart").address().ipv4(), device);
  }

  private static List<String> ports(Plan plan, String setting) {
    return List.of(
        "bridge -n worker1 link set dev " + cable(pod(plan, "web")) + " " + setting,
        "bridge -n worker1 link set dev " + cable(pod(plan, "api")) + " " + setting);
  }

  private static String gateway(Plan plan, String verb) {
    return "ip -n %s addr %s %s/24 dev %s"
        .formatted(first(plan).name(), verb, first(plan).gateway().ipv4(), bridge(plan));
  }
}
