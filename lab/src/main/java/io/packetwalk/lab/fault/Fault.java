package io.packetwalk.lab.fault;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A classic fault.
 *
 * @param name as it is asked for
 * @param title what is wrong, in a few words
 * @param notice what somebody notices who uses the cluster
 * @param where the kinds of clusters in which it makes sense
 * @param example who can't reach whom any more
 * @param injection commands of a shell that break it; they run where the namespaces have names
 * @param cure commands that mend it
 * @param hidden whether it is where no table of a node shows it: only captures do
 */
public record Fault(
    String name,
    String title,
    String notice,
    Predicate<Plan> where,
    Example example,
    Function<Plan, List<String>> injection,
    Function<Plan, List<String>> cure,
    boolean hidden) {
  /** A fault that the tables of the nodes and pods show. */
  Fault(
      String name,
      String title,
      String notice,
      Predicate<Plan> where,
      Example example,
      Function<Plan, List<String>> injection,
      Function<Plan, List<String>> cure) {
    this(name, title, notice, where, example, injection, cure, false);
  }

  /** A question whose answer the fault changes. */
  public record Example(String from, String to, String protocol, int size) {
    static Example of(String from, String to) {
      return new Example(from, to, "udp", 64);
    }
  }

  static boolean isBridged(Plan plan) {
    return plan.kind().pods() == ClusterKind.Pods.BRIDGED;
  }

  static boolean isRouted(Plan plan) {
    return plan.kind().pods() == ClusterKind.Pods.ROUTED;
  }

  static boolean isSwitched(Plan plan) {
    return plan.kind().pods() == ClusterKind.Pods.SWITCHED;
  }

  /** Whether packets from pods of the first node to those of the second pass the nodes' stacks. */
  static boolean isRoutedByNodes(Plan plan) {
    return !isSwitched(plan) || !plan.tunnels(plan.nodes().get(0), plan.nodes().get(1));
  }

  /** Whether kube-proxy's rules decide about what pods send to Services. */
  static boolean isByKubeProxy(Plan plan) {
    return !plan.kind().switchTranslatesServices();
  }

  /** Whether a pod's gateway is an address that belongs to nobody, and its own a single one. */
  static boolean isPointToPoint(Plan plan) {
    return isRouted(plan) || plan.kind() == ClusterKind.ANTREA_POLICYONLY;
  }
}
