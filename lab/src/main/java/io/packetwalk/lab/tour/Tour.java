package io.packetwalk.lab.tour;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import java.util.ArrayList;
import java.util.List;

/** The tour through a cluster, from a pod on one node to a pod on another. */
public final class Tour {
  private final Way way;
  private final List<Stop> stops = new ArrayList<>();

  private Tour(Way way) {
    this.way = way;
  }

  /** The pod that sends. */
  public static PlannedPod from(Plan plan) {
    return Way.of(plan).from();
  }

  /** The pod that is asked. */
  public static PlannedPod to(Plan plan) {
    return Way.of(plan).to();
  }

  /** The node's device from which the packet goes on the wire. */
  public static String uplink() {
    return "eth0";
  }

  /** What the tour is about, in lines as they are shown. */
  public static String introduction(Plan plan) {
    Way way = Way.of(plan);
    return """
    %s: %s

    %s
    %s

    Pod %s asks pod %s. The nodes know each other by the addresses of the network between them;
    %s isn't one of those. How does the packet get there? Each stop shows a part of the
    answer, with the commands that show it on any node.
    """
        .formatted(
            plan.kind().label(),
            plan.kind().description(),
            place(way.from()),
            place(way.to()),
            way.from().app(),
            way.to().app(),
            way.to().address().ipv4());
  }

  private static String place(PlannedPod pod) {
    PlannedNode node = pod.node();
    return "  node %s %-14s  pod %-4s %-12s out of %s"
        .formatted(
            node.name(),
            node.address().ipv4(),
            pod.app(),
            pod.address().ipv4(),
            node.block().ipv4());
  }

  /** The stops before the packet itself. */
  public static List<Stop> of(Plan plan) {
    Tour tour = new Tour(Way.of(plan));
    tour.pod();
    NodeStops node = new NodeStops(tour.way);
    tour.stops.add(node.end());
    tour.stops.add(node.gateway());
    WireStops wire = new WireStops(tour.way);
    tour.stops.addAll(wire.routes());
    tour.stops.add(wire.carriage());
    tour.filter();
    return List.copyOf(tour.stops);
  }

  /** What to look at in the packet that was captured on the wire, in lines as they are shown. */
  public static String onTheWire(Plan plan) {
    return new WireStops(Way.of(plan)).captured();
  }

  private void pod() {
    stops.add(
        way.stop(
            "A pod is a network namespace",
            """
            Nothing but that: a network stack of its own, with one device that leads anywhere, eth0 (by lo, a
            pod reaches itself). It has the pod's address, %s, and is one end of a virtual cable
            (veth). The number behind @if is the other end, in the node's namespace. One route leads
            everywhere: by the pod's gateway.
            %s\
            """
                .formatted(way.from().address().ipv4(), everywhere()),
            way.inPod("ip -br addr"),
            way.inPod("ip route")));
  }

  /** A device that is down in the pod, and comes with the kernel. */
  private String everywhere() {
    return way.plan().kind().carriage() == ClusterKind.Carriage.IPIP
        ? "A kernel that can do IP-in-IP puts a tunl0 into every namespace; the pod's is down, and"
            + " nobody's.\n"
        : "";
  }

  private void filter() {
    ClusterKind.Pods pods = way.plan().kind().pods();
    stops.add(
        switch (pods) {
          case BRIDGED ->
              way.stop(
                  "What may pass",
                  """
                  On its way through a node, the packet passes iptables. kube-proxy's chains turn a Service's
                  address into a pod's; between pods, nothing here is forbidden.
                  """,
                  way.onFarNode("iptables -S FORWARD"));
          case ROUTED ->
              way.stop(
                  "What may pass",
                  """
                  On its way through a node, the packet passes iptables. kube-proxy's chains would turn a Service's
                  address into a pod's; Calico's ask the policies of the pod at each end. This is the chain for
                  what goes to %s. A policy says that only %s may ask it: the chain cali-pi-… of that policy
                  marks what comes from the set of such pods, and what nobody marked is dropped in the end.
                  """
                      .formatted(way.to().app(), way.from().app()),
                  way.onFarNode("iptables -S cali-tw-" + way.to().device()));
          case SWITCHED ->
              way.stop(
                  "What may pass",
                  """
                  %s is reached only by %s: a policy says so. In the switch that is a conjunction:
                  who asks, which port of the switch is the asked pod's, and which port of the protocol, each a
                  flow of its own. %s's port stands as a number in register 1 (reg1), which an earlier table
                  has set; %s asks from %s. Where the flows of all three parts name the same
                  conjunction, the flow with its number (conj_id) lets the packet in; what matches no such flow goes
                  to the next table, which drops it.
                  """
                      .formatted(
                          way.to().app(),
                          way.from().app(),
                          way.to().app(),
                          way.from().app(),
                          way.from().address().ipv4()),
                  way.onFarNode(Way.FLOWS + "table=IngressRule"));
        });
  }
}
