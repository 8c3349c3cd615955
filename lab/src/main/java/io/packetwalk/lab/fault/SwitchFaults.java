package io.packetwalk.lab.fault;

import static io.packetwalk.lab.fault.Places.block;
import static io.packetwalk.lab.fault.Places.first;
import static io.packetwalk.lab.fault.Places.onSwitch;
import static io.packetwalk.lab.fault.Places.pod;
import static io.packetwalk.lab.fault.Places.second;

import io.packetwalk.lab.fault.Fault.Example;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Faults of Antrea's switches: flows that are missing or stale, ports, the tunnel. */
final class SwitchFaults {
  private static final Example ACROSS = Example.of("web", "cart");
  private static final Example SAME_NODE = Example.of("web", "api");

  private SwitchFaults() {}

  static List<Fault> all() {
    return List.of(
        flows(
            "flow-to-node-missing",
            "the flow to another node's pods is missing",
            "pods of worker1 reach pods of their own node only",
            SwitchFaults::isTunnelled,
            ACROSS,
            SwitchFaults::toNode),
        flows(
            "flow-of-pod-missing",
            "the flows don't know a pod's port, as after an agent that ended too early",
            "the pod reaches nothing, and is reached by others",
            Fault::isSwitched,
            SAME_NODE,
            plan -> Change.removed(first(plan), "table=Classifier,in_port=" + port(plan, "web"))),
        flows(
            "spoof-guard-stale",
            "the flows still let in the address that a pod had before",
            "the pod asks for its neighbours and gets answers, but sends in vain",
            Fault::isSwitched,
            SAME_NODE,
            SwitchFaults::address),
        flows(
            "policy-clause-missing",
            "the flow for whom a policy lets in is missing",
            "a pod that a policy allows is dropped like all others",
            Fault::isSwitched,
            ACROSS,
            plan ->
                Change.removed(
                    second(plan),
                    "table=IngressRule,ip,nw_src=" + pod(plan, "web").address().ipv4())),
        flows(
            "tunnel-peer-stale",
            "the flow to another node's pods has the address that the node had before",
            "packets are sent to an address that nobody has",
            SwitchFaults::isTunnelled,
            ACROSS,
            SwitchFaults::stalePeer),
        flows(
            "flows-lost",
            "the switch of a node has no flows: it was restarted, and the agent is down",
            "nothing reaches the pods of worker2, and they reach nothing",
            Fault::isSwitched,
            ACROSS,
            plan -> Change.removed(second(plan), "")),
        new Fault(
            "port-missing",
            "a pod's cable isn't a port of the switch any more",
            "the pod can't be reached and reaches nothing",
            Fault::isSwitched,
            ACROSS,
            plan -> List.of(vsctl(second(plan), "del-port br-int " + cart(plan).device())),
            plan ->
                List.of(
                    vsctl(
                        second(plan),
                        "add-port br-int %s -- set interface %s ofport_request=%d"
                            .formatted(
                                cart(plan).device(), cart(plan).device(), port(plan, "cart"))))),
        new Fault(
            "tunnel-port-wrong",
            "the tunnel of a node sends to another UDP port than the others listen at",
            "packets arrive at the other node and are refused by its stack",
            plan -> isTunnelled(plan) && plan.kind().carriage() != ClusterKind.Carriage.GRE,
            ACROSS,
            plan ->
                List.of(
                    vsctl(first(plan), "set interface antrea-tun0 options:dst_port=16081"),
                    "sleep 1"),
            plan ->
                List.of(
                    vsctl(first(plan), "remove interface antrea-tun0 options dst_port"),
                    "sleep 1")),
        new Fault(
            "tunnel-device-down",
            "the tunnel's device of a node is down",
            "pods of different nodes don't reach each other",
            SwitchFaults::isTunnelled,
            ACROSS,
            plan -> List.of(device(plan, "down")),
            plan -> List.of(device(plan, "up"))),
        new Fault(
            "gateway-mac-changed",
            "antrea-gw0 has another MAC address than the flows know",
            "pods of worker1 get no answer when they ask for their gateway",
            plan -> Fault.isSwitched(plan) && plan.kind() != ClusterKind.ANTREA_POLICYONLY,
            Example.of("web", "client"),
            plan -> gateway(plan, "66:00:00:00:de:ad"),
            plan -> gateway(plan, first(plan).tunnelMac())));
  }

  private static boolean isTunnelled(Plan plan) {
    return Fault.isSwitched(plan) && plan.tunnels(first(plan), second(plan));
  }

  private static PlannedPod cart(Plan plan) {
    return pod(plan, "cart");
  }

  /** The number of a pod's port: they are counted on each node, behind the tunnel and the node. */
  private static int port(Plan plan, String app) {
    PlannedPod pod = pod(plan, app);
    return 3 + plan.podsOf(pod.node()).indexOf(pod);
  }

  private static String vsctl(PlannedNode node, String command) {
    return onSwitch(node, "ovs-vsctl --timeout=20 " + command);
  }

  private static String device(Plan plan, String state) {
    return "ip -n %s link set %s %s"
        .formatted(first(plan).name(), plan.kind().tunnelDevice(), state);
  }

  private static List<String> gateway(Plan plan, String mac) {
    String name = first(plan).name();
    return List.of(
        vsctl(first(plan), "set interface antrea-gw0 'mac=\"" + mac + "\"'"),
        "for _ in $(seq 50); do ip -n %s link show antrea-gw0 | grep -q %s && break; sleep 0.1; done"
            .formatted(name, mac),
        "ip -n " + pod(plan, "web").netns() + " neigh flush all");
  }

  /** What is done to the flows of one node. */
  private record Change(PlannedNode node, List<String> commands) {
    /** Flows that are gone; all of them without a match. */
    static Change removed(PlannedNode node, String match) {
      String quoted = match.isEmpty() ? "" : " '" + match + "'";
      return new Change(node, List.of("--names del-flows br-int" + quoted));
    }
  }

  private static Change toNode(Plan plan) {
    return Change.removed(first(plan), "table=L3Forwarding,ip,nw_dst=" + block(plan));
  }

  private static Change stalePeer(Plan plan) {
    List<String> commands = new ArrayList<>();
    commands.add(
        "--names mod-flows br-int 'table=L3Forwarding,ip,nw_dst=%s,actions=set_field:%s->eth_src,set_field:aa:bb:cc:dd:ee:ff->eth_dst,set_field:192.168.50.99->tun_dst,set_field:0x10/0xf0->reg0,goto_table:L3DecTTL'"
            .formatted(block(plan), first(plan).tunnelMac()));
    return new Change(first(plan), commands);
  }

  private static Change address(Plan plan) {
    PlannedPod web = pod(plan, "web");
    String port = "in_port=" + port(plan, "web");
    return new Change(
        first(plan),
        List.of(
            "--names del-flows br-int 'table=SpoofGuard,ip," + port + "'",
            "--names add-flow br-int 'table=SpoofGuard,priority=200,ip,%s,dl_src=%s,nw_src=10.244.1.99,actions=goto_table:UnSNAT'"
                .formatted(port, web.mac())));
  }

  /** A fault of flows; what was there before is kept and put back. */
  private static Fault flows(
      String name,
      String title,
      String notice,
      Predicate<Plan> where,
      Example example,
      Function<Plan, Change> change) {
    String kept = "/run/lab/flows-before-" + name;
    return new Fault(
        name,
        title,
        notice,
        where,
        example,
        plan -> {
          Change made = change.apply(plan);
          List<String> commands = new ArrayList<>();
          commands.add(flow(made.node(), "--names --no-stats dump-flows br-int") + " >" + kept);
          made.commands().forEach(command -> commands.add(flow(made.node(), command)));
          return commands;
        },
        plan -> List.of(flow(change.apply(plan).node(), "--names replace-flows br-int " + kept)));
  }

  private static String flow(PlannedNode node, String command) {
    return onSwitch(node, "ovs-ofctl -O OpenFlow15 " + command);
  }
}
