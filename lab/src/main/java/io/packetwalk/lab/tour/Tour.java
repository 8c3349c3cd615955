package io.packetwalk.lab.tour;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.tour.Stop.Look;
import java.util.ArrayList;
import java.util.List;

/** The tour through a cluster, from a pod on one node to a pod on another. */
public final class Tour {
  /** The app of the pod that sends. */
  public static final String FROM = "web";

  /** The app of the pod that is asked. */
  public static final String TO = "cart";

  private final Plan plan;
  private final PlannedPod from;
  private final PlannedPod to;
  private final List<Stop> stops = new ArrayList<>();

  private Tour(Plan plan) {
    this.plan = plan;
    this.from = plan.pod(FROM).orElseThrow();
    this.to = plan.pod(TO).orElseThrow();
  }

  /** The stops before the packet itself. */
  public static List<Stop> of(Plan plan) {
    Tour tour = new Tour(plan);
    tour.pod();
    switch (plan.kind().pods()) {
      case BRIDGED -> tour.bridge();
      case ROUTED -> tour.routed();
      case SWITCHED -> tour.switched();
    }
    tour.routes();
    tour.carriage();
    tour.filter();
    return List.copyOf(tour.stops);
  }

  private void pod() {
    stop(
        "A pod is a network namespace",
        """
        %s has one device that is up, eth0, with the pod's address %s. It is one end
        of a virtual cable (veth); the number behind @if is the other end, in its node's namespace.
        Its routing table has a default route, and nothing else that matters.
        """
            .formatted(from.name(), from.address().ipv4()),
        Look.of(FROM, from.netns(), "ip -br addr"),
        Look.of(FROM, from.netns(), "ip route"));
  }

  private void bridge() {
    String bridge = plan.kind().bridgeDevice();
    stop(
        "On the node, the cables end in a bridge",
        """
        The CNI plugin made %s, a switch in software. Each pod's cable is one of its ports, and the
        bridge itself has the address %s: it is the pods' gateway. Pods of one node reach
        each other through it; what goes elsewhere is sent to the gateway's MAC address.
        """
            .formatted(bridge, from.node().gateway().ipv4()),
        Look.of(from.node().name(), from.node().name(), "ip -br link show master " + bridge),
        Look.of(from.node().name(), from.node().name(), "ip -br addr show " + bridge),
        Look.of(FROM, from.netns(), "ip neigh"));
  }

  private void routed() {
    stop(
        "On the node, every pod is a route",
        """
        There is no bridge. The pod's cable ends in %s, and the node has a route to the
        one address behind it. The pod's gateway, 169.254.1.1, belongs to nobody: the node answers the
        pod's ARP question itself (proxy_arp), always with ee:ee:ee:ee:ee:ee.
        """
            .formatted(from.device()),
        Look.of(from.node().name(), from.node().name(), "ip route show dev " + from.device()),
        Look.of(
            from.node().name(),
            from.node().name(),
            "sysctl net/ipv4/conf/" + from.device() + "/proxy_arp"),
        Look.of(FROM, from.netns(), "ip neigh"));
  }

  private void switched() {
    PlannedNode node = from.node();
    stop(
        "On the node, the cables end in a switch with a program",
        """
        Open vSwitch has a port for each pod's cable (%s is the sender's), one for the node itself,
        antrea-gw0, and one for the tunnel where there is one. What it does with a packet stands in its
        flow tables, which Antrea's agent has written: each looks at the packet, notes something in a
        register, and sends it on to the next. The first look at a pod's packet is whether its addresses
        are the pod's own.
        """
            .formatted(from.device()),
        Look.of(node.name(), node.name(), "ovs-vsctl list-ports br-int"),
        Look.of(
            node.name(),
            node.name(),
            "ovs-ofctl --no-stats --names dump-flows br-int table=SpoofGuard"),
        Look.of(FROM, from.netns(), "ip neigh"));
  }

  private void routes() {
    if (plan.tunnels(from.node(), to.node()) && plan.kind().pods() == ClusterKind.Pods.SWITCHED) {
      flow();
      return;
    }
    PlannedNode node = from.node();
    String who =
        switch (plan.kind().carriage()) {
          case BGP ->
              "BIRD on each node told the others of its block by BGP; 'proto bird' shows it.";
          case ROUTES -> "The network plugin or the cloud has put it there.";
          case IPIP, VXLAN, GENEVE, GRE -> "The network plugin has put it there.";
        };
    stop(
        "The way to the other node",
        """
        %s is %s, out of %s, the block of %s. One route of %s
        leads there. %s
        """
            .formatted(
                to.name(),
                to.address().ipv4(),
                to.node().block().ipv4(),
                to.node().name(),
                node.name(),
                who),
        Look.of(node.name(), node.name(), "ip route show " + to.node().block().ipv4()),
        Look.of(
            node.name(),
            node.name(),
            "ip route get "
                + to.address().ipv4()
                + " from "
                + from.address().ipv4()
                + " iif "
                + (from.device().isEmpty() ? plan.kind().bridgeDevice() : from.device())));
  }

  /** The way to the other node is a flow, and no route of the node. */
  private void flow() {
    PlannedNode node = from.node();
    stop(
        "The way to the other node",
        """
        %s is %s, out of %s, the block of %s. For a pod, the table L3Forwarding
        knows the way: it sets the tunnel's other end. The node has a route to the block as well, for
        what it sends itself; it leads into the switch, too.
        """
            .formatted(to.name(), to.address().ipv4(), to.node().block().ipv4(), to.node().name()),
        Look.of(
            node.name(),
            node.name(),
            "ovs-ofctl --no-stats --names dump-flows br-int table=L3Forwarding,ip,nw_dst="
                + to.node().block().ipv4()),
        Look.of(node.name(), node.name(), "ip route show " + to.node().block().ipv4()));
  }

  private void carriage() {
    PlannedNode node = from.node();
    switch (plan.kind().carriage()) {
      case ROUTES, BGP ->
          stop(
              "On the wire: just the packet",
              """
              The next hop is the other node itself, %s, so the packet travels as it is: the pods'
              addresses stand in its IP header, and only the MAC addresses are the nodes'. The network
              between must let packets with pods' addresses pass.
              """
                  .formatted(to.node().address().ipv4()),
              Look.of(node.name(), node.name(), "ip neigh show dev eth0"));
      case IPIP ->
          stop(
              "On the wire: a packet in a packet",
              """
              The route leaves by tunl0. That device puts a second IP header in front of the packet, from
              this node to the other, with protocol number 4: IP in IP. That is why the packet on
              the wire has two IP headers, and why a pod's MTU is 20 bytes smaller than the wire's.
              """,
              Look.of(node.name(), node.name(), "ip -d link show tunl0"));
      case GENEVE, GRE -> switchTunnel();
      case VXLAN -> {
        if (plan.kind().pods() == ClusterKind.Pods.SWITCHED) {
          switchTunnel();
        } else {
          vxlan();
        }
      }
    }
  }

  private void switchTunnel() {
    PlannedNode node = from.node();
    String tunnel =
        switch (plan.kind().carriage()) {
          case GENEVE -> "Geneve, in UDP";
          case VXLAN -> "VXLAN, in UDP";
          case GRE -> "GRE, right behind IP";
          case ROUTES, BGP, IPIP -> throw new IllegalStateException("no tunnel of a switch");
        };
    stop(
        "On the wire: a frame in a packet",
        """
        The frame leaves by the tunnel's port, whose options say that the flows know the other end. The
        kernel puts headers in front of it (%s) and sends the packet to the other node
        like any other of its own. At %s shows the frame without them. Their %d bytes are why
        a pod's MTU is that much smaller than the wire's.
        """
            .formatted(tunnel, plan.kind().tunnelDevice(), plan.mtu() - plan.podMtu()),
        Look.of(
            node.name(),
            node.name(),
            "ovs-vsctl --columns=type,options list interface antrea-tun0"),
        Look.of(node.name(), node.name(), "ip -d link show " + plan.kind().tunnelDevice()));
  }

  private void vxlan() {
    PlannedNode node = from.node();
    stop(
        "On the wire: a frame in a datagram",
        """
        The route leaves by %s. That device puts the packet into an Ethernet frame and the frame
        into a UDP datagram to the other node. Which MAC address belongs to the other end, and at
        which node it is, is told by two entries that don't expire. The 50 bytes of headers are
        why a pod's MTU is 50 smaller than the wire's.
        """
            .formatted(plan.kind().tunnelDevice()),
        Look.of(node.name(), node.name(), "ip neigh show dev " + plan.kind().tunnelDevice()),
        Look.of(node.name(), node.name(), "bridge fdb show dev " + plan.kind().tunnelDevice()));
  }

  private void filter() {
    PlannedNode node = to.node();
    switch (plan.kind().pods()) {
      case BRIDGED ->
          stop(
              "What may pass",
              """
              On its way through a node, the packet passes iptables. kube-proxy's chains turn a Service's address
              into a pod's; between pods, nothing here is forbidden.
              """,
              Look.of(node.name(), node.name(), "iptables -S FORWARD"));
      case ROUTED ->
          stop(
              "What may pass",
              """
              On its way through a node, the packet passes iptables. kube-proxy's chains would turn a Service's
              address into a pod's; Calico's ask the policies of the pod at each end. %s is reached
              only by %s: a policy says so, and this set has the addresses that it lets in.
              """
                  .formatted(TO, FROM),
              Look.of(node.name(), node.name(), "iptables -S cali-tw-" + to.device()));
      case SWITCHED ->
          stop(
              "What may pass",
              """
              %s is reached only by %s: a policy says so. In the switch that is a conjunction:
              who asks, which port of the switch is the asked pod's, and which port of the protocol. Only when
              all three match, the flow with its number (conj_id) does; the next table drops the rest.
              """
                  .formatted(TO, FROM),
              Look.of(
                  node.name(),
                  node.name(),
                  "ovs-ofctl --no-stats --names dump-flows br-int table=IngressRule"));
    }
  }

  private void stop(String title, String text, Look... looks) {
    stops.add(new Stop(title, text, List.of(looks)));
  }
}
