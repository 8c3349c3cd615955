package io.packetwalk.lab.fault;

import static io.packetwalk.lab.fault.Places.first;
import static io.packetwalk.lab.fault.Places.second;

import io.packetwalk.lab.fault.Fault.Example;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import java.util.List;

/** Faults of VXLAN: its entries, and the device. */
final class TunnelFaults {
  private static final Example ACROSS = Example.of("web", "cart");

  private TunnelFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "tunnel-down",
            "the tunnel's device of a node is down",
            "pods of different nodes don't reach each other",
            TunnelFaults::hasVxlan,
            ACROSS,
            plan ->
                List.of(
                    "ip -n worker1 route show dev %s >/run/lab/routes-of-tunnel"
                        .formatted(plan.kind().tunnelDevice()),
                    "ip -n worker1 link set " + plan.kind().tunnelDevice() + " down"),
            plan ->
                List.of(
                    "ip -n worker1 link set " + plan.kind().tunnelDevice() + " up",
                    neighbour(plan, second(plan).tunnelMac()),
                    "while read -r route; do ip -n worker1 route replace $route dev %s; done </run/lab/routes-of-tunnel"
                        .formatted(plan.kind().tunnelDevice()))),
        new Fault(
            "vxlan-fdb-missing",
            "the forwarding entry of another node's tunnel end is missing",
            "nothing is encapsulated for that node",
            TunnelFaults::hasVxlan,
            ACROSS,
            plan -> List.of(forwarding(plan, "del", second(plan).address().ipv4())),
            plan -> List.of(forwarding(plan, "append", second(plan).address().ipv4()))),
        new Fault(
            "vxlan-fdb-stale",
            "the forwarding entry names the address that the node had before",
            "packets are sent to an address that nobody has",
            TunnelFaults::hasVxlan,
            ACROSS,
            plan -> List.of(forwarding(plan, "replace", "192.168.50.99")),
            plan -> List.of(forwarding(plan, "replace", second(plan).address().ipv4()))),
        new Fault(
            "vxlan-neighbour-wrong",
            "the neighbour entry has a MAC address that no tunnel end has",
            "nothing is encapsulated for that node",
            TunnelFaults::hasVxlan,
            ACROSS,
            plan -> List.of(neighbour(plan, "66:00:00:00:de:ad")),
            plan -> List.of(neighbour(plan, second(plan).tunnelMac()))));
  }

  private static boolean hasVxlan(Plan plan) {
    return plan.kind().carriage() == ClusterKind.Carriage.VXLAN
        && !plan.kind().twoSubnets()
        && !Fault.isSwitched(plan);
  }

  private static String forwarding(Plan plan, String verb, String to) {
    return "bridge -n %s fdb %s %s dev %s dst %s self permanent"
        .formatted(
            first(plan).name(), verb, second(plan).tunnelMac(), plan.kind().tunnelDevice(), to);
  }

  private static String neighbour(Plan plan, String mac) {
    String end =
        Fault.isRouted(plan)
            ? second(plan).gateway().ipv4()
            : second(plan).block().ipv4().replaceFirst("/.*", "");
    return "ip -n %s neigh replace %s lladdr %s dev %s nud permanent"
        .formatted(first(plan).name(), end, mac, plan.kind().tunnelDevice());
  }
}
