package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import java.util.ArrayList;
import java.util.List;

/** Pods as Calico connects them: a device and a route each, and a gateway that only ARP knows. */
final class RoutedPods {
  private static final String GATEWAY = "169.254.1.1";
  private static final String HOST_SIDE_MAC = "ee:ee:ee:ee:ee:ee";
  private static final String GATEWAY_IPV6 = "fe80::ecee:eeff:feee:eeee";

  private final Plan plan;

  RoutedPods(Plan plan) {
    this.plan = plan;
  }

  void build(Script script) {
    for (PlannedNode node : plan.nodes()) {
      script.note("pods of " + node.name() + ", routed");
      List<PlannedPod> pods = plan.podsOf(node);
      List<String> cables = new ArrayList<>();
      pods.forEach(pod -> cables.addAll(cable(pod)));
      script.ip(node.name(), cables);
      pods.forEach(pod -> inside(script, pod));
      List<String> routes = new ArrayList<>();
      List<String> settings = new ArrayList<>();
      for (PlannedPod pod : pods) {
        routes.addAll(routes(pod));
        settings.addAll(settings(pod.device()));
      }
      for (boolean six : plan.families()) {
        routes.add("route add blackhole " + node.block().of(six) + " proto 80");
      }
      script.ip(node.name(), routes);
      script.sysctl(node.name(), settings);
    }
  }

  private List<String> cable(PlannedPod pod) {
    return List.of(
        "link add %s mtu %d type veth peer name eth0 mtu %d netns %s"
            .formatted(pod.device(), plan.podMtu(), plan.podMtu(), pod.netns()),
        "link set " + pod.device() + " address " + HOST_SIDE_MAC,
        "link set " + pod.device() + " up");
  }

  private void inside(Script script, PlannedPod pod) {
    if (plan.dualStack()) {
      script.sysctl(
          pod.netns(),
          List.of("net.ipv6.conf.all.accept_dad = 0", "net.ipv6.conf.default.accept_dad = 0"));
    }
    List<String> inside = new ArrayList<>();
    inside.add("link set lo up");
    inside.add("link set eth0 address " + pod.mac());
    inside.add("addr add " + pod.address().ipv4() + "/32 dev eth0");
    if (plan.dualStack()) {
      inside.add("addr add " + pod.address().ipv6() + "/128 dev eth0 nodad");
    }
    inside.add("link set eth0 up");
    inside.add("route add " + GATEWAY + " dev eth0 scope link");
    inside.add("route add default via " + GATEWAY + " dev eth0");
    if (plan.dualStack()) {
      inside.add("route add ::/0 via " + GATEWAY_IPV6 + " dev eth0");
    }
    script.ip(pod.netns(), inside);
  }

  private List<String> routes(PlannedPod pod) {
    String ipv4 = "route add " + pod.address().ipv4() + " dev " + pod.device() + " scope link";
    return plan.dualStack()
        ? List.of(ipv4, "route add " + pod.address().ipv6() + " dev " + pod.device())
        : List.of(ipv4);
  }

  private List<String> settings(String device) {
    String prefix = "net/ipv4/conf/" + device + "/";
    List<String> settings =
        new ArrayList<>(
            List.of(
                prefix + "proxy_arp = 1",
                prefix + "forwarding = 1",
                prefix + "route_localnet = 1",
                prefix + "rp_filter = 1",
                "net/ipv4/neigh/" + device + "/proxy_delay = 0"));
    if (plan.dualStack()) {
      settings.add("net/ipv6/conf/" + device + "/proxy_ndp = 1");
      settings.add("net/ipv6/conf/" + device + "/accept_ra = 0");
    }
    return settings;
  }
}
