package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import java.util.ArrayList;
import java.util.List;

/** Pods as Antrea connects them: ports of an Open vSwitch, of which the node has one as well. */
final class SwitchedPods {
  /** The node's own port. */
  static final String GATEWAY = "antrea-gw0";

  static final String BRIDGE = "br-int";
  private static final String TUNNEL = "antrea-tun0";

  /** The pods' gateway where another plugin connects them; it belongs to nobody. */
  private static final String OTHERS_GATEWAY = "169.254.1.1";

  private final Plan plan;
  private final Datapath datapath;

  SwitchedPods(Plan plan, Datapath datapath) {
    this.plan = plan;
    this.datapath = datapath;
  }

  void build(Script script) {
    for (PlannedNode node : plan.nodes()) {
      script.note("pods of " + node.name() + ", on a switch");
      List<PlannedPod> pods = plan.podsOf(node);
      script.ip(node.name(), pods.stream().flatMap(pod -> cable(pod).stream()).toList());
      pods.forEach(pod -> inside(script, pod));
      script.meanwhile(beside -> connect(beside, node, pods));
    }
  }

  /** The switch of a node, which takes longest of all. */
  private void connect(Script script, PlannedNode node, List<PlannedPod> pods) {
    script.line("start_switch " + node.name());
    script.input("vsctl " + node.name(), bridge(node));
    script.ip(node.name(), gateway(node));
    script.sysctl(node.name(), settings(pods));
    script.input("flows " + node.name() + " add-groups", AntreaPipeline.groups(plan, node));
    script.input("flows " + node.name() + " add-flows", AntreaPipeline.flows(plan, node));
  }

  private List<String> settings(List<PlannedPod> pods) {
    List<String> settings = new ArrayList<>();
    settings.add("net/ipv4/conf/" + GATEWAY + "/send_redirects = 0");
    if (datapath == Datapath.USER_SPACE) {
      // The kernel gets a copy of every frame of a port, and would answer for its own addresses.
      for (PlannedPod pod : pods) {
        settings.add("net/ipv4/conf/" + pod.device() + "/arp_ignore = 8");
        settings.add("net/ipv6/conf/" + pod.device() + "/disable_ipv6 = 1");
      }
    }
    return settings;
  }

  private List<String> cable(PlannedPod pod) {
    return List.of(
        "link add %s mtu %d type veth peer name eth0 mtu %d netns %s"
            .formatted(pod.device(), plan.podMtu(), plan.podMtu(), pod.netns()),
        "link set " + pod.device() + " up");
  }

  private void inside(Script script, PlannedPod pod) {
    if (plan.dualStack()) {
      script.sysctl(
          pod.netns(),
          List.of("net.ipv6.conf.all.accept_dad = 0", "net.ipv6.conf.default.accept_dad = 0"));
    }
    boolean others = AntreaFields.isPolicyOnly(plan);
    List<String> commands = new ArrayList<>();
    commands.add("link set lo up");
    commands.add("link set eth0 address " + pod.mac());
    commands.add("addr add " + pod.address().ipv4() + (others ? "/32" : "/24") + " dev eth0");
    if (plan.dualStack()) {
      commands.add("addr add " + pod.address().ipv6() + "/64 dev eth0 nodad");
    }
    commands.add("link set eth0 up");
    if (others) {
      commands.add("route add " + OTHERS_GATEWAY + " dev eth0 scope link");
    }
    commands.add(
        "route add default via %s dev eth0"
            .formatted(others ? OTHERS_GATEWAY : pod.node().gateway().ipv4()));
    if (plan.dualStack()) {
      commands.add("route add ::/0 via " + pod.node().gateway().ipv6() + " dev eth0");
    }
    script.ip(pod.netns(), commands);
    if (datapath == Datapath.USER_SPACE) {
      // A switch outside of the kernel gets frames as they are on the cable: complete ones.
      script.inside(pod.netns(), "ethtool -K eth0 tx off >/dev/null", List.of(""));
    }
  }

  /** What {@code ovs-vsctl} is told, a line for each of its commands. */
  private List<String> bridge(PlannedNode node) {
    List<String> lines = new ArrayList<>();
    lines.add("add-br " + BRIDGE);
    lines.add("set bridge " + BRIDGE + " fail_mode=secure datapath_type=" + datapath.word());
    lines.addAll(
        port(
            GATEWAY,
            AntreaFields.GATEWAY_PORT,
            "type=internal mac='\"%s\"' mtu_request=%d"
                .formatted(node.tunnelMac(), plan.podMtu())));
    if (AntreaFields.hasTunnel(plan)) {
      String type =
          switch (plan.kind().carriage()) {
            case GENEVE -> "geneve";
            case VXLAN -> "vxlan";
            case GRE -> "gre";
            case ROUTES, BGP, IPIP -> throw new IllegalStateException("no tunnel of the switch");
          };
      String checksum =
          plan.kind().carriage() == ClusterKind.Carriage.GRE ? "" : " options:csum=true";
      lines.addAll(
          port(
              TUNNEL,
              AntreaFields.TUNNEL_PORT,
              "type=" + type + " options:key=flow options:remote_ip=flow" + checksum));
    }
    for (PlannedPod pod : plan.podsOf(node)) {
      lines.addAll(port(pod.device(), AntreaFields.port(plan, pod), notes(pod)));
    }
    int number = 0;
    for (String table : AntreaPipeline.tables(plan)) {
      lines.add("--id=@t" + number + " create Flow_Table name=" + table);
      lines.add("set bridge %s flow_tables:%d=@t%d".formatted(BRIDGE, number, number));
      number++;
    }
    return lines;
  }

  private static List<String> port(String name, int number, String settings) {
    return List.of(
        "add-port " + BRIDGE + " " + name,
        "set interface %s ofport_request=%d %s".formatted(name, number, settings));
  }

  /** What Antrea's plugin notes at a pod's port. */
  private String notes(PlannedPod pod) {
    return "external_ids:antrea-type=container external_ids:container-id='\"%s\"' external_ids:attached-mac='\"%s\"' external_ids:ip-address='\"%s\"' external_ids:pod-name='\"%s\"' external_ids:pod-namespace='\"%s\"'"
        .formatted(
            pod.netns(),
            pod.mac(),
            String.join(",", pod.address().all(plan.dualStack())),
            pod.name(),
            pod.namespace());
  }

  private List<String> gateway(PlannedNode node) {
    List<String> commands = new ArrayList<>(List.of("link set " + GATEWAY + " up"));
    if (AntreaFields.isPolicyOnly(plan)) {
      plan.podsOf(node)
          .forEach(pod ->
              commands.add(
                  "route add " + pod.address().ipv4() + " dev " + GATEWAY + " scope link"));
      return commands;
    }
    commands.add("addr add " + node.gateway().ipv4() + "/24 dev " + GATEWAY);
    if (plan.dualStack()) {
      commands.add("addr add " + node.gateway().ipv6() + "/64 dev " + GATEWAY + " nodad");
    }
    return commands;
  }
}
