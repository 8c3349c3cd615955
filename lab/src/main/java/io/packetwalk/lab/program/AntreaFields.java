package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Addresses;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;

/**
 * How Antrea's flows call things: ports, marks in registers, zones of connection tracking
 * (pkg/agent/openflow/fields.go, pipeline.go).
 */
final class AntreaFields {
  /** The MAC address of whatever is behind a tunnel. */
  static final String GLOBAL_MAC = "aa:bb:cc:dd:ee:ff";

  static final int TUNNEL_PORT = 1;
  static final int GATEWAY_PORT = 2;
  private static final int FIRST_POD_PORT = 3;

  /** The packet's source, in the first four bits of reg0. */
  static final String FROM_TUNNEL = "set_field:0x1/0xf->reg0";

  static final String FROM_GATEWAY = "set_field:0x2/0xf->reg0";
  static final String FROM_POD = "set_field:0x3/0xf->reg0";

  /** Where it goes, in the next four. */
  static final String TO_TUNNEL = "set_field:0x10/0xf0->reg0";

  static final String TO_GATEWAY = "set_field:0x20/0xf0->reg0";

  /** The MAC addresses have to be rewritten. */
  static final String REWRITE = "set_field:0x200/0x200->reg0";

  /** The port in reg1 is where it goes out. */
  static final String OUTPUT = "set_field:0x200000/0x600000->reg0";

  private AntreaFields() {}

  static String go(String table) {
    return "goto_table:" + table;
  }

  static String family(boolean six) {
    return six ? "ipv6" : "ip";
  }

  static String transport(boolean six, String protocol) {
    return six ? protocol + "6" : protocol;
  }

  static String source(boolean six, String address) {
    return (six ? "ipv6_src=" : "nw_src=") + address;
  }

  static String destination(boolean six, String address) {
    return (six ? "ipv6_dst=" : "nw_dst=") + address;
  }

  /** The zone of all connections. */
  static int zone(boolean six) {
    return six ? 65510 : 65520;
  }

  /** The zone of those whose source is translated by the switch. */
  static int sourceZone(boolean six) {
    return six ? 65511 : 65521;
  }

  /** The source of connections that turn around at the gateway port. */
  static String virtualAddress(boolean six) {
    return six ? "fc01::aabb:ccdd:eeff" : "169.254.0.253";
  }

  /** The address by which flows know the node's own port. */
  static Addresses gateway(Plan plan, PlannedNode node) {
    return isPolicyOnly(plan) ? node.address() : node.gateway();
  }

  /** Whether another plugin connects the pods. */
  static boolean isPolicyOnly(Plan plan) {
    return plan.kind() == ClusterKind.ANTREA_POLICYONLY;
  }

  static boolean hasTunnel(Plan plan) {
    return !plan.kind().tunnelDevice().isEmpty();
  }

  /** The OpenFlow number of a pod's port. */
  static int port(Plan plan, PlannedPod pod) {
    return FIRST_POD_PORT + plan.podsOf(pod.node()).indexOf(pod);
  }

  /** A number as registers have it. */
  static String hex(long number) {
    return "0x" + Long.toHexString(number);
  }
}
