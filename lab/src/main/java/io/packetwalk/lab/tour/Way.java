package io.packetwalk.lab.tour;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.tour.Stop.Look;
import java.util.List;

/** The way that a tour takes through a cluster: by the tunnel, where there is one. */
record Way(Plan plan, PlannedPod from, PlannedPod to) {
  /** Flows as the switch keeps them, with the tables' names. */
  static final String FLOWS = "ovs-ofctl -O OpenFlow15 --no-stats --names dump-flows br-int ";

  /** A policy lets the one ask the other; between two subnets, these are in different ones. */
  static Way of(Plan plan) {
    boolean far = plan.kind().twoSubnets();
    return new Way(
        plan,
        plan.pod(far ? "api" : "web").orElseThrow(),
        plan.pod(far ? "db" : "cart").orElseThrow());
  }

  boolean isTunnelled() {
    return plan.tunnels(from.node(), to.node());
  }

  Stop stop(String title, String text, Look... looks) {
    return new Stop(title, text, List.of(looks));
  }

  Look inPod(String line) {
    return Look.of(from.app(), from.netns(), line);
  }

  Look onNode(String line) {
    return on(from.node(), line);
  }

  Look onFarNode(String line) {
    return on(to.node(), line);
  }

  /** What is between the nodes. */
  Look onRouter(String line) {
    return Look.of("router", Plan.FABRIC, line);
  }

  private static Look on(PlannedNode node, String line) {
    return Look.of(node.name(), node.name(), line);
  }
}
