package io.packetwalk.lab.program;

import static io.packetwalk.lab.program.AntreaFields.GATEWAY_PORT;
import static io.packetwalk.lab.program.AntreaFields.REWRITE;
import static io.packetwalk.lab.program.AntreaFields.destination;
import static io.packetwalk.lab.program.AntreaFields.family;
import static io.packetwalk.lab.program.AntreaFields.go;
import static io.packetwalk.lab.program.AntreaFields.hex;
import static io.packetwalk.lab.program.AntreaFields.transport;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import io.packetwalk.lab.plan.PlannedService.Port;
import io.packetwalk.lab.plan.Planning;
import io.packetwalk.lab.program.FlowList.Category;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Services in Antrea's pipeline: a select group for each port, with a bucket for each endpoint
 * (AntreaProxy); or the way to kube-proxy's rules in the node.
 */
final class AntreaServices {
  private final Plan plan;
  private final PlannedNode node;

  AntreaServices(Plan plan, PlannedNode node) {
    this.plan = plan;
    this.node = node;
  }

  /** A port of a Service in one family, and the number of its group. */
  private record Group(int number, PlannedService service, Port port, boolean six) {}

  private List<Group> all() {
    List<Group> groups = new ArrayList<>();
    for (boolean six : plan.families()) {
      for (PlannedService service : plan.services()) {
        for (Port port : service.ports()) {
          groups.add(new Group(groups.size() + 1, service, port, six));
        }
      }
    }
    return groups;
  }

  /** As {@code ovs-ofctl add-groups} reads them. */
  List<String> groups() {
    return plan.kind().switchTranslatesServices()
        ? all().stream().map(this::group).toList()
        : List.of();
  }

  private String group(Group group) {
    StringBuilder line = new StringBuilder("group_id=" + group.number() + ",type=select");
    int number = 0;
    for (PlannedPod pod : group.service().endpoints()) {
      line.append(",bucket=bucket_id:").append(number++).append(",weight:100,actions=");
      if (!pod.node().equals(node)) {
        line.append("set_field:0x4000000/0x4000000->reg4,");
      }
      line.append("set_field:")
          .append(address(group.six(), pod))
          .append("->")
          .append(register(group.six()))
          .append(",set_field:")
          .append(hex(group.port().target()))
          .append("/0xffff->reg4,resubmit(,EndpointDNAT)");
    }
    return line.toString();
  }

  private static String register(boolean six) {
    return six ? "xxreg3" : "reg3";
  }

  /** A pod's address as the number that a register has. */
  private static String address(boolean six, PlannedPod pod) {
    IpAddress address = IpAddress.of(pod.address().of(six));
    return six
        ? "0x%x%016x".formatted(address.high(), address.low())
        : "0x%x".formatted(address.low());
  }

  void build(FlowList flows) {
    if (!plan.kind().switchTranslatesServices()) {
      toNode(flows);
      return;
    }
    for (boolean six : plan.families()) {
      flows.add(
          "PreRoutingClassifier",
          "priority=200," + family(six),
          "resubmit(,SessionAffinity),resubmit(,ServiceLB)");
    }
    flows.add("PreRoutingClassifier", "priority=0", go("SessionAffinity"));
    flows.add("SessionAffinity", "priority=0", "set_field:0x10000/0x70000->reg4");
    all().forEach(group -> choice(flows, group));
    flows.add("ServiceLB", "priority=0", go("EndpointDNAT"));
    Set<String> done = new LinkedHashSet<>();
    all().forEach(group -> endpoints(flows, group, done));
    flows.add(
        "EndpointDNAT",
        "priority=190,reg4=0x20000/0x70000",
        "set_field:0x10000/0x70000->reg4,resubmit(,ServiceLB)");
    flows.add("EndpointDNAT", "priority=0", go("AntreaPolicyEgressRule"));
  }

  private void choice(FlowList flows, Group group) {
    choice(flows, group, group.service().clusterIp().of(group.six()));
    if (!group.service().loadBalancer().isEmpty() && !group.six()) {
      choice(flows, group, group.service().loadBalancer());
    }
  }

  private static void choice(FlowList flows, Group group, String address) {
    flows.add(
        Category.SERVICE,
        group.number(),
        "ServiceLB",
        "priority=200,%s,reg4=0x10000/0x70000,%s,tp_dst=%d"
            .formatted(
                transport(group.six(), group.port().protocol()),
                destination(group.six(), address),
                group.port().port()),
        REWRITE,
        "set_field:0x20000/0x70000->reg4",
        "set_field:" + hex(group.number()) + "->reg7",
        "group:" + group.number());
  }

  private void endpoints(FlowList flows, Group group, Set<String> done) {
    boolean six = group.six();
    for (PlannedPod pod : group.service().endpoints()) {
      String match =
          "priority=200,%s,%s=%s,reg4=%s/0x7ffff"
              .formatted(
                  transport(six, group.port().protocol()),
                  register(six),
                  address(six, pod),
                  hex(0x20000 | group.port().target()));
      String target = pod.address().of(six);
      if (done.add(match)) {
        flows.add(
            Category.SERVICE,
            0,
            "EndpointDNAT",
            match,
            "ct(commit,table=AntreaPolicyEgressRule,zone=%d,nat(dst=%s:%d),exec(set_field:0x10/0x10->ct_mark,move:NXM_NX_REG0[0..3]->NXM_NX_CT_MARK[0..3]))"
                .formatted(
                    AntreaFields.zone(six),
                    six ? "[" + target + "]" : target,
                    group.port().target()));
      }
    }
  }

  /** Without AntreaProxy, what is for a Service goes to the node, and comes back translated. */
  private void toNode(FlowList flows) {
    for (boolean six : plan.families()) {
      flows.add(
          "DNAT",
          "priority=200,%s,%s".formatted(family(six), destination(six, Planning.SERVICES.of(six))),
          "set_field:" + hex(GATEWAY_PORT) + "->reg1",
          AntreaFields.OUTPUT,
          AntreaFields.TO_GATEWAY,
          "set_field:" + node.tunnelMac() + "->eth_dst",
          go("ConntrackCommit"));
    }
    flows.add("DNAT", "priority=0", go("AntreaPolicyEgressRule"));
  }
}
