package io.packetwalk.lab.fault;

import static io.packetwalk.lab.fault.Places.first;
import static io.packetwalk.lab.fault.Places.on;
import static io.packetwalk.lab.fault.Places.pod;
import static io.packetwalk.lab.fault.Places.pool;
import static io.packetwalk.lab.fault.Places.second;

import io.packetwalk.lab.fault.Fault.Example;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import java.util.List;
import java.util.function.Function;

/** Faults of packet filters: rules of others that come first, and policies. */
final class FilterFaults {
  private static final Example ACROSS = Example.of("web", "cart");

  private FilterFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(
            "forward-drop",
            "the policy of the chain FORWARD is DROP, as Docker leaves it",
            "pods reach their own node, and nothing behind it",
            plan -> plan.kind() == ClusterKind.BRIDGE,
            ACROSS,
            plan -> List.of(on(first(plan), "iptables -P FORWARD DROP")),
            plan -> List.of(on(first(plan), "iptables -P FORWARD ACCEPT"))),
        rule(
            "firewalld-reject",
            "firewalld rejects what it doesn't know, ahead of the plugin's rules",
            "connections between nodes are refused: host prohibited",
            second -> "FORWARD -s " + pool() + " -j REJECT --reject-with icmp-host-prohibited"),
        rule(
            "drop-in-raw",
            "a forgotten rule in the table raw drops a pod's packets",
            "a pod's packets vanish before any counter that people look at",
            second -> "PREROUTING -t raw -s " + pool() + " -d " + pool() + " -j DROP"),
        rule(
            "drop-in-mangle",
            "a rule in the table mangle drops what is forwarded to pods",
            "packets arrive at the node and never at the pod",
            second -> "FORWARD -t mangle -d " + pool() + " -j DROP"),
        rule(
            "small-ttl",
            "a rule lowers the TTL of what comes in",
            "packets to pods expire on the last hop",
            second -> "PREROUTING -t mangle -d " + pool() + " -j TTL --ttl-set 1"),
        new Fault(
            "masquerade-missing",
            "pods' addresses aren't hidden from the outside",
            "pods reach the cluster, but get no answers from outside",
            plan -> plan.kind() == ClusterKind.BRIDGE,
            Example.of("web", "client"),
            plan ->
                List.of(
                    on(
                        first(plan),
                        "sh -c 'iptables-save -t nat | grep kubenet >/run/lab/masquerade'"),
                    on(first(plan), masquerade("-D"))),
            plan -> List.of(on(first(plan), masquerade("-A")))),
        new Fault(
            "policy-selects-nobody",
            "a policy's set of sources is empty",
            "a pod that a policy allows is dropped like all others",
            Fault::isRouted,
            ACROSS,
            plan -> sets(plan, "del"),
            plan -> sets(plan, "add")),
        new Fault(
            "unknown-interface",
            "the dispatch chain doesn't know a pod's device",
            "the pod is dropped by 'Unknown interface' although it is alive",
            Fault::isRouted,
            ACROSS,
            plan -> List.of(on(second(plan), "iptables -D " + dispatch(plan))),
            plan -> List.of(on(second(plan), "iptables -I " + dispatch(plan)))),
        new Fault(
            "tunnel-host-unknown",
            "a node isn't in the set of hosts that may send tunnelled packets",
            "packets arrive at the node inside of the tunnel and are dropped there",
            plan ->
                Fault.isRouted(plan)
                    && !plan.kind().tunnelDevice().isEmpty()
                    && !plan.kind().twoSubnets(),
            ACROSS,
            plan -> hosts(plan, "del"),
            plan -> hosts(plan, "add")),
        new Fault(
            "underlay-blocks-tunnel",
            "something between the nodes drops the tunnel's packets",
            "packets leave one node and never arrive at the other, while the nodes reach each"
                + " other",
            plan -> !plan.kind().tunnelDevice().isEmpty() && !plan.kind().twoSubnets(),
            ACROSS,
            plan -> underlay(plan, "-I", 1),
            plan -> underlay(plan, "-D", 0),
            true));
  }

  /** A rule of the switch between the nodes, which no node's tables show. */
  private static List<String> underlay(Plan plan, String verb, int bridged) {
    return List.of(
        "ip netns exec fabric sysctl -qw net.bridge.bridge-nf-call-iptables=" + bridged,
        "ip netns exec fabric iptables %s FORWARD %s -j DROP"
            .formatted(verb, plan.kind().carriage().match()));
  }

  private static Fault rule(
      String name, String title, String notice, Function<PlannedNode, String> rule) {
    return new Fault(
        name,
        title,
        notice,
        Fault::isRoutedByNodes,
        ACROSS,
        plan -> List.of(on(second(plan), "iptables -I " + rule.apply(second(plan)))),
        plan -> List.of(on(second(plan), "iptables -D " + rule.apply(second(plan)))));
  }

  private static String masquerade(String verb) {
    return "iptables -t nat %s POSTROUTING -s %s ! -d %s -m comment --comment \"kubenet: SNAT for outbound traffic from cluster\" -m addrtype ! --dst-type LOCAL -j MASQUERADE"
        .formatted(verb, pool(), pool());
  }

  /** The members of the set that the policy for cart lets in. */
  private static List<String> sets(Plan plan, String verb) {
    String web = pod(plan, "web").address().ipv4();
    return List.of(
        "for set in $(ip netns exec worker2 ipset save | awk '/^create cali40s/ {print $2}'); do"
            + " ip netns exec worker2 ipset "
            + verb
            + " \"$set\" "
            + web
            + " -exist; done");
  }

  private static String dispatch(Plan plan) {
    String device = pod(plan, "cart").device();
    return "cali-to-wl-dispatch -o " + device + " -g cali-tw-" + device;
  }

  private static List<String> hosts(Plan plan, String verb) {
    String host = first(plan).address().ipv4();
    return List.of(
        on(second(plan), "ipset " + verb + " cali40all-hosts-net " + host),
        on(second(plan), "ipset " + verb + " cali40all-vxlan-net " + host));
  }
}
