package io.packetwalk.cli;

import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import java.io.PrintWriter;

/** A practice cluster as text: its nodes with their pods, and its Services. */
final class LabView {
  private LabView() {}

  static void show(Lab lab, PrintWriter out) {
    Plan plan = lab.plan();
    boolean dual = plan.dualStack();
    out.println();
    for (PlannedNode node : plan.nodes()) {
      out.println("%-32s %s".formatted(node.name(), String.join("  ", node.address().all(dual))));
      for (PlannedPod pod : plan.podsOf(node)) {
        out.println(
            "  pod %-26s %s".formatted(pod.fullName(), String.join("  ", pod.address().all(dual))));
      }
    }
    out.println("%-32s %s".formatted(Plan.CLIENT, plan.clientAddress().ipv4()));
    out.println();
    for (PlannedService service : plan.services()) {
      PlannedService.Port port = service.ports().getFirst();
      String outside = port.nodePort() == 0 ? "" : ", node port " + port.nodePort();
      String balancer = service.loadBalancer().isEmpty() ? "" : ", " + service.loadBalancer();
      out.println(
          "svc/%-28s %s:%d%s%s"
              .formatted(
                  service.fullName(), service.clusterIp().ipv4(), port.port(), outside, balancer));
    }
  }
}
