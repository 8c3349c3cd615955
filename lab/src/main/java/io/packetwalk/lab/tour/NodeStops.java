package io.packetwalk.lab.tour;

import io.packetwalk.lab.plan.ClusterKind;

/** The stops at the sender's node: where the pod's cable ends, and who answers there. */
final class NodeStops {
  private final Way way;

  NodeStops(Way way) {
    this.way = way;
  }

  /** The node's end of the cable. */
  Stop end() {
    return switch (way.plan().kind().pods()) {
      case BRIDGED -> bridge();
      case ROUTED -> routed();
      case SWITCHED -> switched();
    };
  }

  private Stop bridge() {
    String bridge = way.plan().kind().bridgeDevice();
    return way.stop(
        "On the node, the cables end in a bridge",
        """
        The CNI plugin made %s, a switch in software. Each pod's cable is one of its ports, and the
        bridge itself has the address %s: it is the pods' gateway. Pods of one node reach
        each other through it; what goes elsewhere is sent to the gateway's MAC address.
        """
            .formatted(bridge, way.from().node().gateway().ipv4()),
        way.onNode("ip -br link show master " + bridge),
        way.onNode("ip -br addr show " + bridge));
  }

  private Stop routed() {
    String device = way.from().device();
    return way.stop(
        "On the node, every pod is a route",
        """
        There is no bridge. The pod's cable ends in %s, and the node has a route to the
        one address behind it. So every packet of a pod is routed by its node, even to its neighbour on the
        same node, and the node's packet filter sees it.
        """
            .formatted(device),
        way.onNode("ip link show " + device),
        way.onNode("ip route show dev " + device));
  }

  private Stop switched() {
    return way.stop(
        "On the node, the cables end in a switch with a program",
        """
        Open vSwitch has a port for each pod's cable (%s is the sender's), one for the node itself,
        antrea-gw0, and one for the tunnel where there is one. What it does with a packet stands in its
        flow tables, which Antrea's agent has written: each looks at the packet, notes something in a
        register, and sends it on to the next. The first look at a pod's packet is whether its addresses
        are the pod's own.
        """
            .formatted(way.from().device()),
        way.onNode("ovs-vsctl list-ports br-int"),
        way.onNode(Way.FLOWS + "table=SpoofGuard"));
  }

  /** Who has the gateway's address, as the pod was told. */
  Stop gateway() {
    boolean policyOnly = way.plan().kind() == ClusterKind.ANTREA_POLICYONLY;
    String title = "ARP: the pod asks who its gateway is";
    String known =
        "The tour has sent a packet before, so the answer stands in the pod's neighbour table.\n";
    if (way.plan().kind().pods() == ClusterKind.Pods.ROUTED) {
      String setting = "net/ipv4/conf/" + way.from().device() + "/proxy_arp";
      return way.stop(
          title,
          """
          A route says where to send a packet, and a cable needs a MAC address. The pod's gateway,
          169.254.1.1, belongs to nobody: the node answers for it all the same (proxy ARP), on every pod's
          cable with ee:ee:ee:ee:ee:ee, and takes what is sent there.
          %s\
          """
              .formatted(known),
          way.inPod("ip neigh"),
          way.onNode("sysctl " + setting));
    }
    String owner =
        switch (way.plan().kind().pods()) {
          case BRIDGED -> "The bridge answers, since it has the address.";
          case ROUTED, SWITCHED ->
              policyOnly
                  ? "A flow of the switch answers, with a MAC address that is nobody's."
                  : "The switch carries the question to antrea-gw0, which has the address and"
                      + " answers.";
        };
    return way.stop(
        title,
        """
        A route says where to send a packet, and a cable needs a MAC address: the pod asks for its
        gateway's. %s
        %s\
        """
            .formatted(owner, known),
        way.inPod("ip neigh"),
        policyOnly
            ? way.onNode(Way.FLOWS + "table=ARPResponder")
            : way.onNode(
                "ip link show "
                    + (way.plan().kind().pods() == ClusterKind.Pods.BRIDGED
                        ? way.plan().kind().bridgeDevice()
                        : "antrea-gw0")));
  }
}
