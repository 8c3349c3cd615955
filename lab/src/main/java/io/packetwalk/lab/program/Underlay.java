package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedService;
import java.util.ArrayList;
import java.util.List;

/**
 * The machines and the cables between them. The fabric is a namespace with a switch for each
 * subnet, and it is the router: of the subnets, and to the outside.
 */
final class Underlay {
  /** The network card of every machine. */
  static final String UPLINK = "eth0";

  private final Plan plan;

  Underlay(Plan plan) {
    this.plan = plan;
  }

  void build(Script script) {
    script.note("the machines, the fabric between them, and the pods' namespaces");
    List<String> names = new ArrayList<>(List.of(Plan.FABRIC, Plan.CLIENT));
    plan.nodes().forEach(node -> names.add(node.name()));
    plan.pods().forEach(pod -> names.add(pod.netns()));
    script.namespaces(names);
    script.sysctl(Plan.FABRIC, quiet("fabric"));
    for (PlannedNode node : plan.nodes()) {
      script.sysctl(node.name(), settings());
    }
    script.sysctl(Plan.CLIENT, quiet("client"));
    fabric(script);
    for (PlannedNode node : plan.nodes()) {
      machine(
          script,
          node.name(),
          node.mac(),
          addresses(node),
          node.router().ipv4(),
          node.router().ipv6());
    }
    machine(
        script,
        Plan.CLIENT,
        "52:54:00:8b:1e:c8",
        List.of(plan.clientAddress().ipv4() + "/24", plan.clientAddress().ipv6() + "/64"),
        plan.nodes().getFirst().router().ipv4(),
        plan.nodes().getFirst().router().ipv6());
    balancer(script);
    if (plan.dualStack() && plan.kind().twoSubnets() && carriesNoIpv6()) {
      pods(script);
    }
  }

  private boolean carriesNoIpv6() {
    return plan.kind().carriage() == ClusterKind.Carriage.IPIP;
  }

  /**
   * IP-in-IP carries no IPv6: between the subnets it goes as it is, so the router knows the pods'
   * blocks, as one that speaks BGP with the nodes does.
   */
  private void pods(Script script) {
    List<String> commands = new ArrayList<>();
    for (PlannedNode node : plan.nodes()) {
      commands.add(
          "route add " + node.block().ipv6() + " via " + node.address().ipv6() + " proto bgp");
    }
    script.ip(Plan.FABRIC, commands);
  }

  /** A node's own, and those of the Egresses that leave by it. */
  private List<String> addresses(PlannedNode node) {
    List<String> addresses = new ArrayList<>();
    addresses.add(node.address().ipv4() + "/24");
    addresses.add(node.address().ipv6() + "/64");
    plan.egresses().stream()
        .filter(egress -> egress.node().equals(node))
        .forEach(egress -> addresses.add(egress.address() + "/32"));
    return addresses;
  }

  /** The settings of a Kubernetes node. */
  private static List<String> settings() {
    return List.of(
        "net.ipv4.ip_forward = 1",
        "net.ipv6.conf.all.forwarding = 1",
        "net.ipv6.conf.all.accept_dad = 0",
        "net.ipv6.conf.default.accept_dad = 0",
        "net.ipv4.conf.all.rp_filter = 0",
        "net.ipv4.conf.default.rp_filter = 0",
        "net.bridge.bridge-nf-call-iptables = 1",
        "net.bridge.bridge-nf-call-ip6tables = 1");
  }

  private static List<String> quiet(String netns) {
    boolean router = netns.equals(Plan.FABRIC);
    return List.of(
        "net.ipv4.ip_forward = " + (router ? 1 : 0),
        "net.ipv6.conf.all.forwarding = " + (router ? 1 : 0),
        "net.ipv6.conf.all.accept_dad = 0",
        "net.ipv6.conf.default.accept_dad = 0",
        "net.bridge.bridge-nf-call-iptables = 0",
        "net.bridge.bridge-nf-call-ip6tables = 0");
  }

  private void fabric(Script script) {
    List<String> commands = new ArrayList<>(List.of("link set lo up"));
    int subnets = plan.kind().twoSubnets() ? 2 : 1;
    for (int subnet = 0; subnet < subnets; subnet++) {
      PlannedNode member = memberOf(subnet);
      commands.add("link add sw" + subnet + " type bridge mcast_snooping 0");
      commands.add("link set sw" + subnet + " address 52:54:00:8b:1e:0" + (subnet + 1));
      commands.add("addr add " + member.router().ipv4() + "/24 dev sw" + subnet);
      commands.add("addr add " + member.router().ipv6() + "/64 dev sw" + subnet);
      commands.add("link set sw" + subnet + " up");
    }
    script.ip(Plan.FABRIC, commands);
  }

  private PlannedNode memberOf(int subnet) {
    return plan.nodes().stream().filter(node -> node.subnet() == subnet).findFirst().orElseThrow();
  }

  private void machine(
      Script script, String name, String mac, List<String> addresses, String via, String viaIpv6) {
    int subnet = plan.node(name).map(PlannedNode::subnet).orElse(0);
    script.ip(
        Plan.FABRIC,
        List.of(
            "link add to-" + name + " type veth peer name " + UPLINK + " netns " + name,
            "link set to-" + name + " master sw" + subnet,
            "link set to-" + name + " up"));
    List<String> commands = new ArrayList<>();
    commands.add("link set lo up");
    commands.add("link set " + UPLINK + " address " + mac);
    addresses.forEach(address ->
        commands.add(
            "addr add " + address + " dev " + UPLINK + (address.contains("::") ? " nodad" : "")));
    commands.add("link set " + UPLINK + " up");
    commands.add("route add default via " + via + " dev " + UPLINK);
    commands.add("route add ::/0 via " + viaIpv6 + " dev " + UPLINK);
    script.ip(name, commands);
  }

  /** What a load balancer outside of the cluster does for the client: it chooses the first node. */
  private void balancer(Script script) {
    List<String> commands = new ArrayList<>();
    for (PlannedService service : plan.services()) {
      if (!service.loadBalancer().isEmpty()) {
        commands.add(
            "route add "
                + service.loadBalancer()
                + "/32 via "
                + plan.nodes().getFirst().address().ipv4()
                + " dev "
                + UPLINK);
      }
    }
    script.ip(Plan.CLIENT, commands);
  }
}
