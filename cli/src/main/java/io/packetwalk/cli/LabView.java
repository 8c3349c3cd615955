package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import java.io.PrintWriter;

/** A practice cluster as text: its nodes with their pods, and its Services. */
final class LabView {
  private static final String WIDE = "%-42s %s";

  private LabView() {}

  static void show(Lab lab, PrintWriter out) {
    Plan plan = lab.plan();
    boolean dual = plan.dualStack();
    out.println();
    for (PlannedNode node : plan.nodes()) {
      out.println(WIDE.formatted(node.name(), String.join("  ", node.address().all(dual))));
      for (PlannedPod pod : plan.podsOf(node)) {
        out.println(
            WIDE.formatted("  pod " + pod.fullName(), String.join("  ", pod.address().all(dual))));
      }
    }
    out.println(WIDE.formatted(Plan.CLIENT, String.join("  ", plan.clientAddress().all(dual))));
    out.println();
    for (PlannedService service : plan.services()) {
      PlannedService.Port port = service.ports().getFirst();
      String outside = port.nodePort() == 0 ? "" : ", node port " + port.nodePort();
      String balancer = service.loadBalancer().isEmpty() ? "" : ", " + service.loadBalancer();
      out.println(
          "%-42s %s:%d%s%s"
              .formatted(
                  "svc/" + service.fullName(),
                  service.clusterIp().ipv4(),
                  port.port(),
                  outside,
                  balancer));
    }
    plan.aliases()
        .forEach(alias ->
            out.println(WIDE.formatted("svc/" + alias.fullName(), "is " + alias.target())));
  }
}
