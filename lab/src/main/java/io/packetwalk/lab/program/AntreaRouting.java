package io.packetwalk.lab.program;

import static io.packetwalk.lab.program.AntreaFields.GLOBAL_MAC;
import static io.packetwalk.lab.program.AntreaFields.TO_GATEWAY;
import static io.packetwalk.lab.program.AntreaFields.TO_TUNNEL;
import static io.packetwalk.lab.program.AntreaFields.destination;
import static io.packetwalk.lab.program.AntreaFields.family;
import static io.packetwalk.lab.program.AntreaFields.go;
import static io.packetwalk.lab.program.AntreaFields.port;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedEgress;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.Planning;
import io.packetwalk.lab.program.FlowList.Category;

/** Routing in Antrea's pipeline: to a local pod, to another node, to the node itself, outside. */
final class AntreaRouting {
  private static final String TABLE = "L3Forwarding";
  private static final String EGRESS = "EgressMark";

  private final Plan plan;
  private final PlannedNode node;
  private final FlowList flows;

  AntreaRouting(Plan plan, PlannedNode node, FlowList flows) {
    this.plan = plan;
    this.node = node;
    this.flows = flows;
  }

  void build() {
    plan.families().forEach(this::routes);
    flows.add(TABLE, "priority=0", TO_GATEWAY, go("L2ForwardingCalc"));
    if (!plan.egresses().isEmpty()) {
      egress();
    }
    for (boolean six : plan.families()) {
      flows.add("L3DecTTL", "priority=210," + family(six) + ",reg0=0x2/0xf", go("SNATMark"));
      flows.add("L3DecTTL", "priority=200," + family(six), "dec_ttl", go("SNATMark"));
    }
    flows.add("L3DecTTL", "priority=0", go("SNATMark"));
  }

  private void routes(boolean six) {
    String family = family(six);
    String own = destination(six, AntreaFields.gateway(plan, node).of(six));
    toGateway("priority=210," + family + "," + own, "L3DecTTL");
    toGateway("priority=210,ct_state=+rpl+trk,ct_mark=0x2/0xf," + family, "L3DecTTL");
    boolean policyOnly = AntreaFields.isPolicyOnly(plan);
    if (!policyOnly) {
      String block = destination(six, node.block().of(six));
      flows.add(TABLE, "priority=200," + family + ",reg0=0/0x200," + block, go("L2ForwardingCalc"));
      plan.nodes().stream().filter(peer -> !peer.equals(node)).forEach(peer -> peer(peer, six));
    }
    for (PlannedPod pod : plan.podsOf(node)) {
      flows.add(
          Category.POD,
          0,
          TABLE,
          "priority=200,%s%s,%s"
              .formatted(
                  family,
                  policyOnly ? "" : ",reg0=0x200/0x200",
                  destination(six, pod.address().of(six))),
          "set_field:" + node.tunnelMac() + "->eth_src",
          "set_field:" + pod.mac() + "->eth_dst",
          go(policyOnly ? "L2ForwardingCalc" : "L3DecTTL"));
    }
    if (policyOnly) {
      toGateway("priority=190," + family, "L2ForwardingCalc");
    }
  }

  private void toGateway(String match, String next) {
    flows.add(TABLE, match, "set_field:" + node.tunnelMac() + "->eth_dst", TO_GATEWAY, go(next));
  }

  private void peer(PlannedNode peer, boolean six) {
    String match =
        "priority=200,%s,%s".formatted(family(six), destination(six, peer.block().of(six)));
    if (!plan.tunnels(node, peer)) {
      toGateway(match, "L3DecTTL");
      return;
    }
    flows.add(TABLE, match, through(peer.address().of(six), six), TO_TUNNEL, go("L3DecTTL"));
  }

  /** To the other end of a tunnel. */
  private String through(String address, boolean six) {
    return "set_field:%s->eth_src,set_field:%s->eth_dst,set_field:%s->%s"
        .formatted(node.tunnelMac(), GLOBAL_MAC, address, six ? "tun_ipv6_dst" : "tun_dst");
  }

  /** What pods send to the outside, by the node that has their Egress's address. */
  private void egress() {
    for (boolean six : plan.families()) {
      String request = "priority=190,ct_state=-rpl+trk," + family(six);
      flows.add(Category.EGRESS, 0, TABLE, request + ",reg0=0x3/0xf,reg4=0/0x100000", go(EGRESS));
      flows.add(
          Category.EGRESS,
          0,
          TABLE,
          request + ",reg0=0x1/0xf",
          "set_field:" + node.tunnelMac() + "->eth_dst",
          go(EGRESS));
      for (PlannedNode one : plan.nodes()) {
        inside(six, one.address().of(six));
      }
      inside(six, Planning.SERVICES.of(six));
    }
    int mark = 0;
    for (PlannedEgress egress : plan.egresses()) {
      mark++;
      boolean here = egress.node().equals(node);
      String marked = "set_field:0x%x/0xff->pkt_mark".formatted(mark);
      String request = "priority=200,ct_state=+new+trk,ip,";
      if (here) {
        add(request + "tun_dst=" + egress.address(), marked + "," + TO_GATEWAY);
      }
      for (PlannedPod pod : plan.podsOfApp(egress.app())) {
        boolean own = pod.node().equals(node);
        if (own && here) {
          add(request + "in_port=" + port(plan, pod), marked + "," + TO_GATEWAY);
        } else if (own) {
          add(
              "priority=200,ip,in_port=" + port(plan, pod),
              through(egress.address(), false)
                  + ","
                  + TO_TUNNEL
                  + ",set_field:0x80000/0x80000->reg0");
        }
      }
    }
    for (boolean six : plan.families()) {
      flows.add(
          Category.EGRESS,
          0,
          EGRESS,
          "priority=190,ct_state=+new+trk," + family(six) + ",reg0=0x1/0xf",
          "drop");
    }
    flows.add(Category.EGRESS, 0, EGRESS, "priority=0", TO_GATEWAY, go("L2ForwardingCalc"));
  }

  /** An address that is no outside. */
  private void inside(boolean six, String address) {
    add("priority=210,%s,%s".formatted(family(six), destination(six, address)), TO_GATEWAY);
  }

  private void add(String match, String actions) {
    flows.add(Category.EGRESS, 0, EGRESS, match, actions, go("L2ForwardingCalc"));
  }
}
