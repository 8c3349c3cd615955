package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.List;

/** All rules of each node, as kube-proxy and the network plugin together leave them. */
final class PacketFilter {
  private final Plan plan;

  PacketFilter(Plan plan) {
    this.plan = plan;
  }

  void build(Script script) {
    for (PlannedNode node : plan.nodes()) {
      script.note("packet filter of " + node.name());
      script.inside(node.name(), "ipset restore", sets());
      for (boolean six : plan.families()) {
        script.inside(
            node.name(), six ? "ip6tables-restore" : "iptables-restore", rules(node, six));
      }
    }
  }

  private List<String> sets() {
    return switch (plan.kind().pods()) {
      case BRIDGED -> List.of();
      case ROUTED -> CalicoSets.lines(plan);
      case SWITCHED -> AntreaFields.isPolicyOnly(plan) ? List.of() : AntreaRules.sets(plan);
    };
  }

  private List<String> rules(PlannedNode node, boolean six) {
    KubeProxy proxy = new KubeProxy(plan, node, six);
    Masquerade masquerade = Masquerade.of(plan, node, six);
    List<String> lines =
        new ArrayList<>(
            proxy.nat(
                masquerade.chains(),
                masquerade.first(),
                concatenated(masquerade.last(), masquerade.inside())));
    lines.add("*filter");
    for (String chain : List.of("INPUT", "FORWARD", "OUTPUT")) {
      lines.add(":" + chain + " ACCEPT [0:0]");
    }
    KubeProxy.filterChains().forEach(chain -> lines.add(":" + chain + " - [0:0]"));
    switch (plan.kind().pods()) {
      case BRIDGED -> {
        lines.addAll(KubeProxy.filterJumps());
        lines.addAll(forwarded(six));
      }
      case ROUTED -> {
        CalicoFilter calico = new CalicoFilter(plan, node, six);
        calico.chains().forEach(chain -> lines.add(":" + chain + " - [0:0]"));
        lines.addAll(CalicoFilter.jumps());
        lines.addAll(KubeProxy.filterJumps());
        lines.addAll(CalicoFilter.last());
        lines.addAll(calico.rules());
      }
      case SWITCHED -> {
        lines.addAll(KubeProxy.filterJumps());
        lines.addAll(AntreaRules.filter());
      }
    }
    lines.addAll(proxy.filterRules());
    lines.add("COMMIT");
    if (plan.kind().pods() == ClusterKind.Pods.SWITCHED) {
      lines.addAll(new AntreaRules(plan, node, six).others());
    }
    return lines;
  }

  /** Flannel lets its pods' packets through, whatever the policy of the chain FORWARD is. */
  private List<String> forwarded(boolean six) {
    if (plan.kind() == ClusterKind.BRIDGE) {
      return List.of();
    }
    String pool = Planning.POOL.of(six);
    String comment = KubeProxy.comment("flanneld forward");
    return List.of(
        "-N FLANNEL-FWD",
        "-A FORWARD" + comment + " -j FLANNEL-FWD",
        "-A FLANNEL-FWD -s " + pool + comment + " -j ACCEPT",
        "-A FLANNEL-FWD -d " + pool + comment + " -j ACCEPT");
  }

  private static List<String> concatenated(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
