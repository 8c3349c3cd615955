package io.packetwalk.lab.program;

import static io.packetwalk.lab.program.AntreaFields.family;
import static io.packetwalk.lab.program.AntreaFields.go;
import static io.packetwalk.lab.program.AntreaFields.hex;
import static io.packetwalk.lab.program.AntreaFields.port;
import static io.packetwalk.lab.program.AntreaFields.source;
import static io.packetwalk.lab.program.AntreaFields.transport;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedPolicy;
import io.packetwalk.lab.program.FlowList.Category;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Network policies in Antrea's pipeline: a conjunction of who asks, who is asked, and the port. The
 * policies of practice clusters are about what comes in; the tables for what goes out only pass on.
 */
final class AntreaPolicyFlows {
  private static final int FIRST_CONJUNCTION = 3;

  private final Plan plan;
  private final PlannedNode node;
  private final FlowList flows;

  AntreaPolicyFlows(Plan plan, PlannedNode node, FlowList flows) {
    this.plan = plan;
    this.node = node;
    this.flows = flows;
  }

  void egress() {
    established("AntreaPolicyEgressRule", "EgressMetric");
    flows.add("AntreaPolicyEgressRule", "priority=0", go("EgressRule"));
    flows.add("EgressRule", "priority=0", go("EgressDefaultRule"));
    flows.add("EgressDefaultRule", "priority=0", go("EgressMetric"));
    flows.add("EgressMetric", "priority=0", go("L3Forwarding"));
  }

  void ingress() {
    for (boolean six : plan.families()) {
      flows.add(
          "IngressSecurityClassifier",
          "priority=210,pkt_mark=0x80000000/0x80000000,ct_state=-rpl+trk," + family(six),
          go("ConntrackCommit"));
    }
    for (String away : List.of("0x20", "0x10")) {
      flows.add(
          "IngressSecurityClassifier", "priority=200,reg0=" + away + "/0xf0", go("IngressMetric"));
    }
    flows.add("IngressSecurityClassifier", "priority=200,ct_mark=0x40/0x40", go("ConntrackCommit"));
    flows.add("IngressSecurityClassifier", "priority=0", go("AntreaPolicyIngressRule"));
    established("AntreaPolicyIngressRule", "IngressMetric");
    flows.add("AntreaPolicyIngressRule", "priority=0", go("IngressRule"));
    Map<String, List<String>> clauses = new LinkedHashMap<>();
    int conjunction = FIRST_CONJUNCTION;
    for (PlannedPolicy policy : plan.policies()) {
      policy(policy, conjunction++, clauses);
    }
    clauses.forEach((match, conjunctions) ->
        flows.add(
            Category.POLICY,
            0,
            "IngressRule",
            "priority=200," + match,
            String.join(",", conjunctions)));
    flows.add("IngressRule", "priority=0", go("IngressDefaultRule"));
    flows.add("IngressDefaultRule", "priority=0", go("IngressMetric"));
    flows.add("IngressMetric", "priority=0", go("ConntrackCommit"));
  }

  private void established(String table, String next) {
    for (boolean six : plan.families()) {
      for (String state : List.of("-new+est", "-new+rel")) {
        flows.add(table, "priority=64990,ct_state=%s,%s".formatted(state, family(six)), go(next));
      }
    }
  }

  /** Of a policy, a node has what is about its own pods. */
  private void policy(PlannedPolicy policy, int conjunction, Map<String, List<String>> clauses) {
    List<PlannedPod> targets =
        plan.podsOfApp(policy.app()).stream().filter(pod -> pod.node().equals(node)).toList();
    if (targets.isEmpty()) {
      return;
    }
    for (PlannedPod target : targets) {
      String match = "reg1=" + hex(port(plan, target));
      clause(clauses, match, conjunction, 2);
      flows.add(Category.POLICY, 0, "IngressDefaultRule", "priority=200," + match, "drop");
    }
    for (boolean six : plan.families()) {
      for (PlannedPod peer : plan.podsOfApp(policy.allowedApp())) {
        String match = family(six) + "," + source(six, peer.address().of(six));
        clause(clauses, match, conjunction, 1);
      }
      for (String protocol : List.of("tcp", "udp")) {
        String match = transport(six, protocol) + ",tp_dst=" + policy.port();
        clause(clauses, match, conjunction, 3);
      }
      allowed(conjunction, six);
    }
  }

  private static void clause(
      Map<String, List<String>> clauses, String match, int conjunction, int dimension) {
    clauses
        .computeIfAbsent(match, _ -> new ArrayList<>())
        .add("conjunction(%d,%d/3)".formatted(conjunction, dimension));
  }

  private void allowed(int conjunction, boolean six) {
    flows.add(
        Category.POLICY,
        conjunction,
        "IngressRule",
        "priority=190,conj_id=%d,%s".formatted(conjunction, family(six)),
        "set_field:" + hex(conjunction) + "->reg6",
        "ct(commit,table=IngressMetric,zone=%d,exec(set_field:%s/0xffffffff->ct_label))"
            .formatted(AntreaFields.zone(six), hex(conjunction)));
    for (String state : List.of("+new", "-new")) {
      flows.add(
          Category.POLICY,
          conjunction,
          "IngressMetric",
          "priority=200,ct_state=%s,ct_label=%s/0xffffffff,%s"
              .formatted(state, hex(conjunction), family(six)),
          go("ConntrackCommit"));
    }
  }
}
