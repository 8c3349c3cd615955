package io.packetwalk.lab.tour;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import java.util.ArrayList;
import java.util.List;

/** The stops on the way from node to node: the route, and what the packet is carried in. */
final class WireStops {
  private final Way way;
  private final Plan plan;

  WireStops(Way way) {
    this.way = way;
    this.plan = way.plan();
  }

  private boolean isSwitched() {
    return plan.kind().pods() == ClusterKind.Pods.SWITCHED;
  }

  /** Where the other node's pods are; with two subnets, also where there is no tunnel. */
  List<Stop> routes() {
    List<Stop> stops = new ArrayList<>();
    stops.add(way.isTunnelled() && isSwitched() ? flow() : route());
    if (plan.kind().twoSubnets()) {
      stops.add(nearby());
    }
    if (way.isTunnelled()) {
      stops.add(between());
    }
    return stops;
  }

  /** Why it takes a tunnel at all. */
  private Stop between() {
    return way.stop(
        "The network between knows nodes only",
        """
        Could the packet just be sent as it is? Nobody told the network between the nodes where the pods'
        addresses are. Its router has routes to the nodes' own networks and to no block of pods, so it
        would drop a packet to %s; many a cloud's network does that even between two nodes
        of one subnet, since the packet isn't from and to addresses of nodes. What travels there has to be
        a packet from node to node, and the pod's packet has to ride inside of it.
        """
            .formatted(way.to().address().ipv4()),
        way.onRouter("ip route"),
        way.onRouter("ip route get " + way.to().address().ipv4()));
  }

  private String block() {
    return way.to().node().block().ipv4();
  }

  private Stop route() {
    String who =
        switch (plan.kind().carriage()) {
          case BGP ->
              "BIRD on each node told the others of its block by BGP: 'proto bird' shows it.";
          case ROUTES -> "The network plugin or the cloud has put it there.";
          case IPIP, VXLAN, GENEVE, GRE -> "The network plugin has put it there.";
        };
    PlannedPod from = way.from();
    return way.stop(
        "The way to the other node",
        """
        Each node gives its pods addresses out of a block of its own. %s is %s, out of
        %s, the block of %s; one route of %s leads there.
        %s The second command asks
        the kernel what it would do with the packet.
        """
            .formatted(
                way.to().app(),
                way.to().address().ipv4(),
                block(),
                way.to().node().name(),
                from.node().name(),
                who),
        way.onNode("ip route show " + block()),
        way.onNode(
            "ip route get "
                + way.to().address().ipv4()
                + " from "
                + from.address().ipv4()
                + " iif "
                + (from.device().isEmpty()
                    ? plan.kind().bridgeDevice()
                    : isSwitched() && plan.kind() != ClusterKind.ANTREA_POLICYONLY
                        ? "antrea-gw0"
                        : from.device())));
  }

  /** The way to the other node is a flow, and no route of the node. */
  private Stop flow() {
    return way.stop(
        "The way to the other node",
        """
        Each node gives its pods addresses out of a block of its own. %s is %s, out of
        %s, the block of %s. For a pod, the table L3Forwarding knows the way: it sets the
        tunnel's other end (tun_dst), and a MAC address that the switch of every node takes for what comes
        out of a tunnel. The node has a route to the block as well, for what it sends itself; it leads
        into the switch, too.
        """
            .formatted(way.to().app(), way.to().address().ipv4(), block(), way.to().node().name()),
        way.onNode(Way.FLOWS + "table=L3Forwarding,ip,nw_dst=" + block()),
        way.onNode("ip route show " + block()));
  }

  /** Between nodes of one subnet there is no tunnel. */
  private Stop nearby() {
    PlannedNode near = plan.nodes().get(1);
    String block = near.block().ipv4();
    return way.stop(
        "Within a subnet, no tunnel",
        """
        %s is in the subnet of %s, so its pods are reached without any tunnel: packets
        travel as they are. Only between the two subnets stands a router, which knows nothing of pods; there
        the packet needs the nodes' addresses around it.
        """
            .formatted(near.name(), way.from().node().name()),
        isSwitched()
            ? way.onNode(Way.FLOWS + "table=L3Forwarding,ip,nw_dst=" + block)
            : way.onNode("ip route show " + block),
        way.onNode("ip route show " + near.address().ipv4().replaceFirst("\\d+$", "0/24")));
  }

  Stop carriage() {
    return switch (plan.kind().carriage()) {
      case ROUTES, BGP -> plain();
      case IPIP -> ipip();
      case GENEVE, GRE -> switchTunnel();
      case VXLAN -> isSwitched() ? switchTunnel() : vxlan();
    };
  }

  private Stop plain() {
    return way.stop(
        "On the wire: just the packet",
        """
        The next hop is the other node itself, %s, so the packet travels as it is: the pods'
        addresses stand in its IP header, and only the MAC addresses are the nodes'. The network
        between must let packets with pods' addresses pass.
        """
            .formatted(way.to().node().address().ipv4()),
        way.onNode("ip neigh show dev eth0"));
  }

  private Stop ipip() {
    return way.stop(
        "On the wire: a packet in a packet",
        """
        The route leaves by tunl0. That device puts a second IP header in front of the packet, from
        this node to the other, with protocol number 4: IP in IP. It needs no list of the other ends: the
        route's next hop, %s, is where the outer packet goes. That is why the packet on
        the wire has two IP headers: the outer one for the network between, the inner one for the pods.
        At the other node, tunl0 takes the outer one off again. It costs 20 bytes, so tunl0 and the pods'
        devices have an MTU that is 20 smaller than the wire's.
        """
            .formatted(way.to().node().address().ipv4()),
        way.onNode("ip -d link show tunl0"));
  }

  private Stop switchTunnel() {
    return way.stop(
        "On the wire: a frame in a packet",
        """
        The frame leaves by the tunnel's port, whose options say that the flows know the other end. The
        kernel puts headers in front of it (%s) and sends the packet to the other node
        like any other of its own. A capture at %s shows the frame without them. Their %d bytes
        are why a pod's MTU is that much smaller than the wire's.
        """
            .formatted(tunnel(), plan.kind().tunnelDevice(), plan.mtu() - plan.podMtu()),
        way.onNode("ovs-vsctl --columns=type,options list interface antrea-tun0"),
        way.onNode("ip -d link show " + plan.kind().tunnelDevice()));
  }

  private String tunnel() {
    return switch (plan.kind().carriage()) {
      case GENEVE -> "Geneve, in UDP";
      case VXLAN -> "VXLAN, in UDP";
      case GRE -> "GRE, right behind IP";
      case IPIP -> "IP in IP";
      case ROUTES, BGP -> "none";
    };
  }

  private Stop vxlan() {
    String device = plan.kind().tunnelDevice();
    return way.stop(
        "On the wire: a frame in a datagram",
        """
        The route leaves by %s. That device puts the packet into an Ethernet frame and the frame
        into a UDP datagram to the other node. Two entries that don't expire tell the way: the route's
        next hop has that MAC address, and that MAC address is at that node. The 50 bytes of headers are
        why a pod's MTU is 50 smaller than the wire's.
        """
            .formatted(device),
        way.onNode("ip neigh show dev " + device),
        way.onNode("bridge fdb show dev " + device));
  }

  /** What to see in the packet itself. */
  String captured() {
    String nodes =
        "%s → %s".formatted(way.from().node().address().ipv4(), way.to().node().address().ipv4());
    String pods = "%s → %s".formatted(way.from().address().ipv4(), way.to().address().ipv4());
    return way.isTunnelled()
        ? """
        This is the packet as it left %s, header by header. Outside, it goes from node to node
        (%s), which is all that the network between has to know. Inside, further to the
        right, is what the pod sent (%s), untouched but for its hop limit.
        """
            .formatted(way.from().node().name(), nodes, pods)
        : """
        This is the packet as it left %s, header by header. It goes from pod to pod
        (%s): there is one IP header only, and the MAC addresses are the nodes'.
        """
            .formatted(way.from().node().name(), pods);
  }
}
