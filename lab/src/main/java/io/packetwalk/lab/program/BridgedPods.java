package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import java.util.ArrayList;
import java.util.List;

/**
 * Pods behind a bridge: the CNI plugins bridge and host-local, called as a container runtime does.
 */
final class BridgedPods {
  private final Plan plan;
  private final String plugins;

  BridgedPods(Plan plan, String plugins) {
    this.plan = plan;
    this.plugins = plugins;
  }

  void build(Script script) {
    for (PlannedNode node : plan.nodes()) {
      script.note("pods of " + node.name() + ", by the CNI plugin bridge");
      for (PlannedPod pod : plan.podsOf(node)) {
        add(script, node, pod);
      }
      // The plugin's bridge takes the address of its lowest port; fixed, it stays the same.
      script.ip(
          node.name(),
          List.of(
              "link set "
                  + plan.kind().bridgeDevice()
                  + " address 0a:58:0a:f4:0"
                  + node.number()
                  + ":01"));
    }
  }

  private void add(Script script, PlannedNode node, PlannedPod pod) {
    script.sysctl(
        pod.netns(),
        List.of("net.ipv6.conf.all.accept_dad = 0", "net.ipv6.conf.default.accept_dad = 0"));
    script.line("ip -n " + pod.netns() + " link set lo up");
    script.input(
        "CNI_COMMAND=ADD CNI_CONTAINERID="
            + pod.netns()
            + " CNI_NETNS=/run/netns/"
            + pod.netns()
            + " CNI_IFNAME=eth0 CNI_PATH="
            + plugins
            + " CNI_ARGS='IgnoreUnknown=1;MAC="
            + pod.mac()
            + "' with_own_proc ip netns exec "
            + node.name()
            + " "
            + plugins
            + "/bridge >&2",
        List.of(configuration(node, pod)));
  }

  /** The network configuration as the runtime hands it to the plugin (CNI specification, 1). */
  private String configuration(PlannedNode node, PlannedPod pod) {
    List<String> ranges = new ArrayList<>();
    List<String> routes = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (boolean six : plan.families()) {
      ranges.add(
          "[{\"subnet\": \"%s\", \"gateway\": \"%s\"}]"
              .formatted(node.block().of(six), node.gateway().of(six)));
      routes.add("{\"dst\": \"%s\"}".formatted(six ? "::/0" : "0.0.0.0/0"));
      addresses.add("\"" + pod.address().of(six) + "\"");
    }
    return """
    {"cniVersion": "0.4.0", "name": "lab-%s", "type": "bridge", "bridge": "%s", "mtu": %d,
     "isGateway": true, "hairpinMode": true, "ipMasq": false, "promiscMode": false,
     "args": {"cni": {"ips": [%s]}},
     "ipam": {"type": "host-local", "dataDir": "/run/lab/ipam", "ranges": [%s], "routes": [%s]}}\
    """
        .formatted(
            node.name(),
            plan.kind().bridgeDevice(),
            plan.podMtu(),
            String.join(", ", addresses),
            String.join(", ", ranges),
            String.join(", ", routes));
  }
}
