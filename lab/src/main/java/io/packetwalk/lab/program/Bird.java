package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import java.util.ArrayList;
import java.util.List;

/** BIRD on every node, each a peer of all others, with Calico's names for the sessions. */
final class Bird {
  private static final int AUTONOMOUS_SYSTEM = 64512;

  private final Plan plan;

  Bird(Plan plan) {
    this.plan = plan;
  }

  void build(Script script) {
    if (plan.kind().carriage() != ClusterKind.Carriage.BGP) {
      return;
    }
    script.note("BIRD tells the nodes each other's blocks of pod addresses");
    for (PlannedNode node : plan.nodes()) {
      String folder = "/run/lab/" + node.name();
      script.line("mkdir -p " + folder);
      script.input("cat >" + folder + "/bird.conf", configuration(node));
      script.line(
          "ip netns exec %s bird -c %s/bird.conf -s %s/bird.ctl -P %s/bird.pid"
              .formatted(node.name(), folder, folder, folder));
    }
    for (PlannedNode node : plan.nodes()) {
      for (boolean six : plan.families()) {
        script.line(
            "await_routes "
                + node.name()
                + " "
                + (six ? "-6" : "-4")
                + " "
                + (plan.nodes().size() - 1));
      }
    }
  }

  private List<String> configuration(PlannedNode node) {
    List<String> lines = new ArrayList<>();
    lines.add("router id " + node.address().ipv4() + ";");
    lines.add("protocol device { scan time 2; }");
    lines.add(
        "# A peer is the next hop of its blocks: the node's own subnet says how to reach it.");
    lines.add("protocol direct { ipv4; ipv6; interface -\"cali*\", \"*\"; }");
    for (boolean six : plan.families()) {
      String family = six ? "ipv6" : "ipv4";
      lines.add(
          "protocol static blocks_%s { %s; route %s blackhole; }"
              .formatted(family, family, node.block().of(six)));
      lines.add(
          "protocol kernel kernel_%s { scan time 2; %s { import none; export where source = RTS_BGP; }; }"
              .formatted(family, family));
      for (PlannedNode peer : plan.nodes()) {
        if (!peer.equals(node)) {
          lines.add(session(node, peer, six));
        }
      }
    }
    return lines;
  }

  private static String session(PlannedNode node, PlannedNode peer, boolean six) {
    return """
    protocol bgp Mesh_%s {
      local %s as %d; neighbor %s as %d; connect delay time 1; connect retry time 1;
      error wait time 1, 2;
      %s { import all; export where source = RTS_STATIC; next hop self; };
    }\
    """
        .formatted(
            peer.address().of(six).replaceAll("[.:]+", "_"),
            node.address().of(six),
            AUTONOMOUS_SYSTEM,
            peer.address().of(six),
            AUTONOMOUS_SYSTEM,
            six ? "ipv6" : "ipv4");
  }
}
