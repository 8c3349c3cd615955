package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The flow tables of a node's bridge, as Antrea documents its pipeline
 * (docs/design/ovs-pipeline.md). Not in it: multicast, traffic control, NodePort in the switch,
 * policies of Antrea's own kinds.
 */
final class AntreaPipeline {
  private AntreaPipeline() {}

  /** The names of the tables, in the order of their numbers. */
  static List<String> tables(Plan plan) {
    List<String> tables = new ArrayList<>();
    tables.addAll(
        List.of(
            "PipelineRootClassifier", "ARPSpoofGuard", "ARPResponder", "Classifier", "SpoofGuard"));
    if (plan.dualStack()) {
      tables.add("IPv6");
    }
    tables.addAll(List.of("UnSNAT", "ConntrackZone", "ConntrackState"));
    tables.addAll(
        plan.kind().switchTranslatesServices()
            ? List.of("PreRoutingClassifier", "SessionAffinity", "ServiceLB", "EndpointDNAT")
            : List.of("DNAT"));
    tables.addAll(
        List.of(
            "AntreaPolicyEgressRule",
            "EgressRule",
            "EgressDefaultRule",
            "EgressMetric",
            "L3Forwarding"));
    if (!plan.egresses().isEmpty()) {
      tables.add("EgressMark");
    }
    tables.addAll(
        List.of(
            "L3DecTTL",
            "SNATMark",
            "SNAT",
            "L2ForwardingCalc",
            "IngressSecurityClassifier",
            "AntreaPolicyIngressRule",
            "IngressRule",
            "IngressDefaultRule",
            "IngressMetric",
            "ConntrackCommit",
            "Output"));
    return tables;
  }

  static List<String> groups(Plan plan, PlannedNode node) {
    return new AntreaServices(plan, node).groups();
  }

  static List<String> flows(Plan plan, PlannedNode node) {
    FlowList flows = new FlowList();
    AntreaPolicyFlows policies = new AntreaPolicyFlows(plan, node, flows);
    AntreaOutput output = new AntreaOutput(plan, node, flows);
    new AntreaEntry(plan, node, flows).build();
    new AntreaServices(plan, node).build(flows);
    policies.egress();
    new AntreaRouting(plan, node, flows).build();
    output.translate();
    output.ports();
    policies.ingress();
    output.finish();
    return flows.lines();
  }
}
