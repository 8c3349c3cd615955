package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import java.util.ArrayList;
import java.util.List;

/** The ways between the nodes: routes to the others' blocks, and the tunnel devices. */
final class Carriages {
  private static final int CALICO_VNI = 4096;
  private static final int CALICO_PORT = 4789;
  private static final int FLANNEL_PORT = 8472;

  private final Plan plan;
  private final boolean calico;
  private final boolean switched;

  Carriages(Plan plan) {
    this.plan = plan;
    this.calico = plan.kind().pods() == ClusterKind.Pods.ROUTED;
    this.switched = plan.kind().pods() == ClusterKind.Pods.SWITCHED;
  }

  void build(Script script) {
    for (PlannedNode node : plan.nodes()) {
      script.note("the way from " + node.name() + " to the other nodes' pods");
      List<String> commands = new ArrayList<>();
      switch (plan.kind().carriage()) {
        case ROUTES, BGP, GENEVE, GRE -> {}
        case IPIP -> ipip(commands, node);
        case VXLAN -> {
          if (!switched) {
            vxlan(commands, node);
          }
        }
      }
      if (plan.kind().carriage() != ClusterKind.Carriage.BGP) {
        for (PlannedNode other : plan.nodes()) {
          if (!other.equals(node)) {
            plan.families().forEach(six -> routes(commands, node, other, six));
          }
        }
      }
      script.ip(node.name(), commands);
      if (plan.kind().carriage() == ClusterKind.Carriage.VXLAN && !switched) {
        entries(script, node);
      }
    }
  }

  private void ipip(List<String> commands, PlannedNode node) {
    commands.add("link set tunl0 mtu " + plan.podMtu());
    commands.add("link set tunl0 up");
    commands.add("addr add " + node.gateway().ipv4() + "/32 dev tunl0");
  }

  private void vxlan(List<String> commands, PlannedNode node) {
    String device = plan.kind().tunnelDevice();
    commands.add(
        "link add %s address %s mtu %d type vxlan id %d local %s dev eth0 dstport %d nolearning"
            .formatted(
                device,
                node.tunnelMac(),
                plan.podMtu(),
                calico ? CALICO_VNI : 1,
                node.address().ipv4(),
                calico ? CALICO_PORT : FLANNEL_PORT));
    commands.add("addr add " + endpoint(node, false) + "/32 dev " + device);
    if (plan.dualStack()) {
      commands.add("addr add " + endpoint(node, true) + "/128 dev " + device + " nodad");
    }
    commands.add("link set " + device + " up");
  }

  /** The address of a node's end of the tunnel. */
  private String endpoint(PlannedNode node, boolean six) {
    if (calico) {
      return node.gateway().of(six);
    }
    String block = node.block().of(six);
    return block.substring(0, block.indexOf('/'));
  }

  private void routes(List<String> commands, PlannedNode node, PlannedNode other, boolean six) {
    String add = "route add " + other.block().of(six);
    boolean tunnelled = plan.tunnels(node, other) && !(six && isIpip());
    String tunnel = plan.kind().tunnelDevice();
    if (tunnelled && switched) {
      throughSwitch(commands, other, six);
    } else if (tunnelled && isIpip()) {
      commands.add(
          add
              + " via "
              + other.address().ipv4()
              + " dev tunl0 proto 80 onlink mtu "
              + plan.podMtu());
    } else if (tunnelled) {
      commands.add(
          add
              + " via "
              + endpoint(other, six)
              + " dev "
              + tunnel
              + (calico ? " proto 80" : "")
              + " onlink");
    } else if (other.subnet() == node.subnet()) {
      commands.add(
          add + " via " + other.address().of(six) + " dev eth0" + (calico ? " proto 80" : ""));
    } else {
      commands.add(add + " via " + node.router().of(six) + " dev eth0 proto 80");
    }
  }

  /** The other node's gateway is taken for a neighbour; the switch answers for it. */
  private static void throughSwitch(List<String> commands, PlannedNode other, boolean six) {
    String device = SwitchedPods.GATEWAY;
    String gateway = other.gateway().of(six);
    if (six) {
      commands.add("route add " + gateway + "/128 dev " + device);
      commands.add(
          "neigh replace %s lladdr %s dev %s nud permanent"
              .formatted(gateway, AntreaFields.GLOBAL_MAC, device));
    }
    commands.add(
        "route add %s via %s dev %s%s"
            .formatted(other.block().of(six), gateway, device, six ? "" : " onlink"));
  }

  private boolean isIpip() {
    return plan.kind().carriage() == ClusterKind.Carriage.IPIP;
  }

  /** Every other end of the tunnel: its MAC address, and the node that has it. */
  private void entries(Script script, PlannedNode node) {
    String device = plan.kind().tunnelDevice();
    List<String> neighbours = new ArrayList<>();
    List<String> forwarding = new ArrayList<>();
    for (PlannedNode other : plan.nodes()) {
      if (other.equals(node)) {
        continue;
      }
      for (boolean six : plan.families()) {
        neighbours.add(
            "neigh replace %s lladdr %s dev %s nud permanent"
                .formatted(endpoint(other, six), other.tunnelMac(), device));
      }
      forwarding.add(
          "fdb append %s dev %s dst %s self permanent"
              .formatted(other.tunnelMac(), device, other.address().ipv4()));
    }
    script.ip(node.name(), neighbours);
    script.input("bridge -n " + node.name() + " -batch -", forwarding);
  }
}
