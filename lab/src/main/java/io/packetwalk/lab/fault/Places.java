package io.packetwalk.lab.fault;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.Planning;

/** The places in a cluster that faults are put into, and commands in them. */
final class Places {
  private Places() {}

  static PlannedNode first(Plan plan) {
    return plan.nodes().get(0);
  }

  static PlannedNode second(Plan plan) {
    return plan.nodes().get(1);
  }

  static PlannedPod pod(Plan plan, String app) {
    return plan.pod(app).orElseThrow();
  }

  static String bridge(Plan plan) {
    return plan.kind().bridgeDevice();
  }

  /** A command in a node's namespace. */
  static String on(PlannedNode node, String command) {
    return "ip netns exec " + node.name() + " " + command;
  }

  /** A command in a pod's namespace. */
  static String in(PlannedPod pod, String command) {
    return "ip netns exec " + pod.netns() + " " + command;
  }

  /** A command of Open vSwitch about a node's switch. */
  static String onSwitch(PlannedNode node, String command) {
    String run = "/run/lab/" + node.name() + "/openvswitch";
    return "env OVS_RUNDIR=%s OVS_DBDIR=%s OVS_LOGDIR=%s %s".formatted(run, run, run, command);
  }

  static String setting(PlannedNode node, String key, int value) {
    return on(node, "sysctl -qw " + key + "=" + value);
  }

  /** The node's end of a pod's cable, found by the number that the pod's end shows. */
  static String cable(PlannedPod pod) {
    return pod.device().isEmpty()
        ? "$(ip -n %s -o link | awk -F'[ :@]+' -v n=\"$(ip -n %s -o link show eth0 | sed 's/.*@if\\([0-9]*\\).*/\\1/')\" '$1 == n {print $2}')"
            .formatted(pod.node().name(), pod.netns())
        : pod.device();
  }

  /** The route of the first node to the second one's pods, as {@code ip route} prints it. */
  static String block(Plan plan) {
    return second(plan).block().ipv4();
  }

  static String pool() {
    return Planning.POOL.ipv4();
  }
}
