package io.packetwalk.lab.program;

import static io.packetwalk.lab.program.AntreaFields.GATEWAY_PORT;
import static io.packetwalk.lab.program.AntreaFields.TUNNEL_PORT;
import static io.packetwalk.lab.program.AntreaFields.destination;
import static io.packetwalk.lab.program.AntreaFields.family;
import static io.packetwalk.lab.program.AntreaFields.go;
import static io.packetwalk.lab.program.AntreaFields.hex;
import static io.packetwalk.lab.program.AntreaFields.source;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.program.FlowList.Category;

/**
 * The last tables of Antrea's pipeline: connections that come back to where they came from, the
 * port for a MAC address, the note of a new connection, and the port itself.
 */
final class AntreaOutput {
  private static final String MARKS = "set_field:0x20/0x20->ct_mark,set_field:0x40/0x40->ct_mark";
  private static final String SOURCE = "move:NXM_NX_REG0[0..3]->NXM_NX_CT_MARK[0..3]";

  private final Plan plan;
  private final PlannedNode node;
  private final FlowList flows;

  AntreaOutput(Plan plan, PlannedNode node, FlowList flows) {
    this.plan = plan;
    this.node = node;
    this.flows = flows;
  }

  /** In front of the tables for what comes in to pods. */
  void translate() {
    if (plan.kind().switchTranslatesServices()) {
      for (boolean six : plan.families()) {
        hairpins(six);
        translations(six);
      }
    }
    flows.add("SNATMark", "priority=0", go("SNAT"));
    flows.add("SNAT", "priority=0", go("L2ForwardingCalc"));
  }

  private void hairpins(boolean six) {
    String commit =
        "ct(commit,table=SNAT,zone=%d,exec(%s,%s))"
            .formatted(AntreaFields.zone(six), MARKS, SOURCE);
    String fresh = "ct_state=+new+trk," + family(six);
    add("SNATMark", "priority=200," + fresh + ",reg0=0x22/0xff", commit);
    for (PlannedPod pod : plan.podsOf(node)) {
      String own = pod.address().of(six);
      add(
          "SNATMark",
          "priority=190,%s,%s,%s".formatted(fresh, source(six, own), destination(six, own)),
          commit);
    }
  }

  private void translations(boolean six) {
    translation(six, 2, AntreaFields.virtualAddress(six));
    translation(six, 3, AntreaFields.gateway(plan, node).of(six));
    add(
        "SNAT",
        "priority=200,ct_state=-new-rpl+trk,ct_mark=0x20/0x20," + family(six),
        "ct(table=L2ForwardingCalc,zone=%d,nat)".formatted(AntreaFields.sourceZone(six)));
  }

  /** The source that a connection gets which came from a port of this kind. */
  private void translation(boolean six, int from, String address) {
    add(
        "SNAT",
        "priority=200,ct_state=+new+trk,ct_mark=0x40/0x40,%s,reg0=0x%x/0xf"
            .formatted(family(six), from),
        "ct(commit,table=L2ForwardingCalc,zone=%d,nat(src=%s),exec(set_field:0x10/0x10->ct_mark,%s))"
            .formatted(AntreaFields.sourceZone(six), address, MARKS));
  }

  private void add(String table, String match, String actions) {
    flows.add(Category.SERVICE, 0, table, match, actions);
  }

  void ports() {
    port(Category.DEFAULT, node.tunnelMac(), GATEWAY_PORT);
    if (AntreaFields.hasTunnel(plan)) {
      port(Category.DEFAULT, AntreaFields.GLOBAL_MAC, TUNNEL_PORT);
    }
    for (PlannedPod pod : plan.podsOf(node)) {
      port(Category.POD, pod.mac(), AntreaFields.port(plan, pod));
    }
    flows.add("L2ForwardingCalc", "priority=0", go("IngressSecurityClassifier"));
  }

  private void port(Category category, String mac, int number) {
    flows.add(
        category,
        0,
        "L2ForwardingCalc",
        "priority=200,dl_dst=" + mac,
        "set_field:" + hex(number) + "->reg1",
        AntreaFields.OUTPUT,
        go("IngressSecurityClassifier"));
  }

  /** Behind them. */
  void finish() {
    for (boolean six : plan.families()) {
      flows.add(
          "ConntrackCommit",
          "priority=200,ct_state=+new+trk,ct_mark=0/0x20," + family(six),
          "ct(commit,table=Output,zone=%d,exec(%s))".formatted(AntreaFields.zone(six), SOURCE));
    }
    flows.add("ConntrackCommit", "priority=0", go("Output"));
    flows.add("Output", "priority=210,ct_mark=0x40/0x40", "IN_PORT");
    flows.add("Output", "priority=200,reg0=0x200000/0x600000", "output:NXM_NX_REG1[]");
    flows.add("Output", "priority=0", "drop");
  }
}
