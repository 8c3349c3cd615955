package io.packetwalk.lab.program;

import static io.packetwalk.lab.program.AntreaFields.GATEWAY_PORT;
import static io.packetwalk.lab.program.AntreaFields.GLOBAL_MAC;
import static io.packetwalk.lab.program.AntreaFields.REWRITE;
import static io.packetwalk.lab.program.AntreaFields.TUNNEL_PORT;
import static io.packetwalk.lab.program.AntreaFields.destination;
import static io.packetwalk.lab.program.AntreaFields.family;
import static io.packetwalk.lab.program.AntreaFields.go;
import static io.packetwalk.lab.program.AntreaFields.port;
import static io.packetwalk.lab.program.AntreaFields.source;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.program.FlowList.Category;

/**
 * The first tables of Antrea's pipeline: neighbours, where a packet comes from, whether it may say
 * so, and to which connection it belongs.
 */
final class AntreaEntry {
  private final Plan plan;
  private final PlannedNode node;
  private final FlowList flows;

  AntreaEntry(Plan plan, PlannedNode node, FlowList flows) {
    this.plan = plan;
    this.node = node;
    this.flows = flows;
  }

  void build() {
    flows.add("PipelineRootClassifier", "priority=200,arp", go("ARPSpoofGuard"));
    for (boolean six : plan.families()) {
      flows.add("PipelineRootClassifier", "priority=200," + family(six), go("Classifier"));
    }
    flows.add("PipelineRootClassifier", "priority=0", "drop");
    neighbours();
    classifier();
    spoofGuard();
    if (plan.dualStack()) {
      discovery();
    }
    connections();
  }

  private void neighbours() {
    flows.add(
        "ARPSpoofGuard",
        "priority=200,arp,in_port=%d,arp_spa=%s,arp_sha=%s"
            .formatted(GATEWAY_PORT, AntreaFields.gateway(plan, node).ipv4(), node.tunnelMac()),
        go("ARPResponder"));
    for (PlannedPod pod : plan.podsOf(node)) {
      flows.add(
          Category.POD,
          0,
          "ARPSpoofGuard",
          "priority=200,arp,in_port=%d,arp_spa=%s,arp_sha=%s"
              .formatted(port(plan, pod), pod.address().ipv4(), pod.mac()),
          go("ARPResponder"));
    }
    flows.add("ARPSpoofGuard", "priority=0", "drop");
    for (PlannedNode peer : plan.nodes()) {
      if (!peer.equals(node) && plan.tunnels(node, peer)) {
        String asked = peer.gateway().ipv4();
        flows.add(
            "ARPResponder",
            "priority=200,arp,arp_tpa=" + asked + ",arp_op=1",
            answer("", "set_field:" + asked + "->arp_spa"));
      }
    }
    if (AntreaFields.isPolicyOnly(plan)) {
      flows.add(
          "ARPResponder",
          "priority=190,arp,arp_op=1",
          answer("move:NXM_OF_ARP_TPA[]->NXM_NX_REG2[],", "move:NXM_NX_REG2[]->NXM_OF_ARP_SPA[]"));
      flows.add("ARPResponder", "priority=180,arp", "NORMAL");
    } else {
      flows.add("ARPResponder", "priority=190,arp", "NORMAL");
    }
    flows.add("ARPResponder", "priority=0", "drop");
  }

  /** The question turned into its answer: the asked address has the global MAC address. */
  private static String answer(String before, String sender) {
    return before
        + "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:"
        + GLOBAL_MAC
        + "->eth_src,set_field:2->arp_op,move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],set_field:"
        + GLOBAL_MAC
        + "->arp_sha,move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],"
        + sender
        + ",IN_PORT";
  }

  private void classifier() {
    String local = "set_field:0x10000000/0x10000000->reg4";
    for (boolean six : plan.families()) {
      flows.add(
          "Classifier",
          "priority=210,%s,in_port=%d,%s"
              .formatted(
                  family(six), GATEWAY_PORT, source(six, AntreaFields.gateway(plan, node).of(six))),
          AntreaFields.FROM_GATEWAY,
          local,
          go("SpoofGuard"));
    }
    flows.add(
        "Classifier",
        "priority=200,in_port=" + GATEWAY_PORT,
        AntreaFields.FROM_GATEWAY,
        "set_field:0x8000000/0x8000000->reg4",
        go("SpoofGuard"));
    if (AntreaFields.hasTunnel(plan)) {
      flows.add(
          "Classifier",
          "priority=200,in_port=" + TUNNEL_PORT,
          AntreaFields.FROM_TUNNEL,
          REWRITE,
          go("UnSNAT"));
    }
    for (PlannedPod pod : plan.podsOf(node)) {
      flows.add(
          Category.POD,
          0,
          "Classifier",
          "priority=190,in_port=" + port(plan, pod),
          AntreaFields.FROM_POD,
          local,
          go("SpoofGuard"));
    }
    flows.add("Classifier", "priority=0", "drop");
  }

  private void spoofGuard() {
    String next = go(plan.dualStack() ? "IPv6" : "UnSNAT");
    if (plan.dualStack()) {
      flows.add("SpoofGuard", "priority=200,ipv6,ipv6_src=fe80::/10", next);
    }
    for (boolean six : plan.families()) {
      flows.add(
          "SpoofGuard", "priority=200,%s,in_port=%d".formatted(family(six), GATEWAY_PORT), next);
      for (PlannedPod pod : plan.podsOf(node)) {
        flows.add(
            Category.POD,
            0,
            "SpoofGuard",
            "priority=200,%s,in_port=%d,dl_src=%s,%s"
                .formatted(
                    family(six), port(plan, pod), pod.mac(), source(six, pod.address().of(six))),
            next);
      }
    }
    flows.add("SpoofGuard", "priority=0", "drop");
  }

  /** Neighbour discovery goes as in a plain switch. */
  private void discovery() {
    for (int type : new int[] {135, 136}) {
      flows.add("IPv6", "priority=200,icmp6,icmp_type=" + type + ",icmp_code=0", "NORMAL");
    }
    flows.add("IPv6", "priority=200,ipv6,ipv6_dst=ff00::/8", "NORMAL");
    flows.add("IPv6", "priority=0", go("UnSNAT"));
  }

  private void connections() {
    boolean translates = plan.kind().switchTranslatesServices();
    for (boolean six : plan.families()) {
      if (translates) {
        unSnat(six, AntreaFields.virtualAddress(six));
        unSnat(six, AntreaFields.gateway(plan, node).of(six));
      }
      flows.add(
          "ConntrackZone",
          "priority=200," + family(six),
          "ct(table=ConntrackState,zone=%d%s)"
              .formatted(AntreaFields.zone(six), translates ? ",nat" : ""));
      flows.add("ConntrackState", "priority=200,ct_state=+inv+trk," + family(six), "drop");
      String known = "priority=190,ct_state=-new+trk," + family(six) + ",ct_mark=";
      flows.add("ConntrackState", known + "0x0/0x10", go("AntreaPolicyEgressRule"));
      flows.add("ConntrackState", known + "0x10/0x10", REWRITE, go("AntreaPolicyEgressRule"));
    }
    flows.add("UnSNAT", "priority=0", go("ConntrackZone"));
    flows.add("ConntrackZone", "priority=0", go("ConntrackState"));
    flows.add("ConntrackState", "priority=0", go(translates ? "PreRoutingClassifier" : "DNAT"));
  }

  private void unSnat(boolean six, String address) {
    flows.add(
        Category.SERVICE,
        0,
        "UnSNAT",
        "priority=200,%s,%s".formatted(family(six), destination(six, address)),
        "ct(table=ConntrackZone,zone=%d,nat)".formatted(AntreaFields.sourceZone(six)));
  }
}
