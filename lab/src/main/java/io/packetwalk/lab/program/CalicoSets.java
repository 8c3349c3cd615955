package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedPolicy;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.List;

/** Felix's sets of addresses, as {@code ipset restore} reads them. */
final class CalicoSets {
  private CalicoSets() {}

  /** The set of the pods that a policy lets in. */
  static String of(PlannedPolicy policy, boolean six) {
    return CalicoNames.selector(
        six,
        policy.namespace()
            + " projectcalico.org/orchestrator == 'k8s' && app == '"
            + policy.allowedApp()
            + "'");
  }

  static List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (boolean six : plan.families()) {
      String prefix = six ? "cali60" : "cali40";
      String family = six ? "inet6" : "inet";
      for (String pools : List.of("masq-ipam-pools", "all-ipam-pools")) {
        lines.add("create " + prefix + pools + " hash:net family " + family);
        lines.add("add " + prefix + pools + " " + Planning.POOL.of(six));
      }
      for (PlannedPolicy policy : plan.policies()) {
        String set = of(policy, six);
        lines.add("create " + set + " hash:net family " + family);
        for (PlannedPod pod : plan.podsOfApp(policy.allowedApp())) {
          lines.add("add " + set + " " + pod.address().of(six));
        }
      }
    }
    for (String hosts : List.of("cali40all-hosts-net", "cali40all-vxlan-net")) {
      lines.add("create " + hosts + " hash:net family inet");
      plan.nodes().forEach(node -> lines.add("add " + hosts + " " + node.address().ipv4()));
    }
    return lines;
  }
}
