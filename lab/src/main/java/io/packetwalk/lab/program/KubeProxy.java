package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedService;
import io.packetwalk.lab.plan.PlannedService.Port;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;

/**
 * kube-proxy's rules of one node and family in its iptables mode (pkg/proxy/iptables/proxier.go,
 * syncProxyRules).
 */
final class KubeProxy {
  private final Plan plan;
  private final PlannedNode node;
  private final boolean six;
  private final SequencedSet<String> chains = new LinkedHashSet<>();
  private final List<String> services = new ArrayList<>();
  private final List<String> nodePorts = new ArrayList<>();
  private final List<String> others = new ArrayList<>();

  KubeProxy(Plan plan, PlannedNode node, boolean six) {
    this.plan = plan;
    this.node = node;
    this.six = six;
  }

  /** The rules of the table nat that stand before and behind those of a network plugin. */
  List<String> nat(List<String> chainsOfPlugin, List<String> first, List<String> last) {
    for (PlannedService service : plan.services()) {
      service.ports().forEach(port -> add(service, port));
    }
    List<String> lines = new ArrayList<>(List.of("*nat"));
    for (String chain : List.of("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING")) {
      lines.add(":" + chain + " ACCEPT [0:0]");
    }
    chainsOfPlugin.forEach(chain -> lines.add(":" + chain + " - [0:0]"));
    for (String chain :
        List.of("KUBE-SERVICES", "KUBE-NODEPORTS", "KUBE-POSTROUTING", "KUBE-MARK-MASQ")) {
      lines.add(":" + chain + " - [0:0]");
    }
    chains.forEach(chain -> lines.add(":" + chain + " - [0:0]"));
    lines.addAll(first);
    lines.add("-A PREROUTING" + comment("kubernetes service portals") + " -j KUBE-SERVICES");
    lines.add("-A OUTPUT" + comment("kubernetes service portals") + " -j KUBE-SERVICES");
    lines.add("-A POSTROUTING" + comment("kubernetes postrouting rules") + " -j KUBE-POSTROUTING");
    lines.addAll(last);
    lines.add("-A KUBE-MARK-MASQ -j MARK --or-mark 0x4000");
    lines.add("-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN");
    lines.add("-A KUBE-POSTROUTING -j MARK --xor-mark 0x4000");
    lines.add(
        "-A KUBE-POSTROUTING"
            + comment("kubernetes service traffic requiring SNAT")
            + " -j MASQUERADE");
    lines.addAll(services);
    lines.add(
        "-A KUBE-SERVICES"
            + comment(
                "kubernetes service nodeports; NOTE: this must be the last rule in this chain")
            + " -m addrtype --dst-type LOCAL -j KUBE-NODEPORTS");
    lines.addAll(nodePorts);
    lines.addAll(others);
    lines.add("COMMIT");
    return lines;
  }

  private void add(PlannedService service, Port port) {
    if (service.endpoints().isEmpty()) {
      return;
    }
    String name = KubeNames.port(service, port);
    String chain = KubeNames.chain("KUBE-SVC-", service, port);
    chains.add(chain);
    services.add(
        "-A KUBE-SERVICES%s%s%s -j %s"
            .formatted(
                destination(service.clusterIp().of(six)),
                comment(name + " cluster IP"),
                match(port, port.port()),
                chain));
    if (service.type() != PlannedService.Type.CLUSTER_IP) {
      external(service, port, name, chain);
    }
    others.add(
        "-A %s ! -s %s%s%s%s -j KUBE-MARK-MASQ"
            .formatted(
                chain,
                Planning.POOL.of(six),
                destination(service.clusterIp().of(six)),
                comment(name + " cluster IP"),
                match(port, port.port())));
    branches(service, port, chain, service.endpoints());
    service.endpoints().forEach(pod -> endpoint(service, port, pod));
  }

  private void external(PlannedService service, Port port, String name, String chain) {
    String outside = KubeNames.chain("KUBE-EXT-", service, port);
    chains.add(outside);
    if (!service.loadBalancer().isEmpty() && !six) {
      services.add(
          "-A KUBE-SERVICES%s%s%s -j %s"
              .formatted(
                  destination(service.loadBalancer()),
                  comment(name + " loadbalancer IP"),
                  match(port, port.port()),
                  outside));
    }
    nodePorts.add(
        "-A KUBE-NODEPORTS%s%s -j %s"
            .formatted(comment(name), match(port, port.nodePort()), outside));
    if (!service.localOnly()) {
      others.add(
          "-A "
              + outside
              + comment("masquerade traffic for " + name + " external destinations")
              + " -j KUBE-MARK-MASQ");
      others.add("-A " + outside + " -j " + chain);
      return;
    }
    others.add(
        "-A %s -s %s%s -j %s"
            .formatted(
                outside,
                Planning.POOL.of(six),
                comment("pod traffic for " + name + " external destinations"),
                chain));
    others.add(
        "-A "
            + outside
            + comment("masquerade LOCAL traffic for " + name + " external destinations")
            + " -m addrtype --src-type LOCAL -j KUBE-MARK-MASQ");
    others.add(
        "-A "
            + outside
            + comment("route LOCAL traffic for " + name + " external destinations")
            + " -m addrtype --src-type LOCAL -j "
            + chain);
    List<PlannedPod> here =
        service.endpoints().stream().filter(pod -> pod.node().equals(node)).toList();
    if (!here.isEmpty()) {
      String local = KubeNames.chain("KUBE-SVL-", service, port);
      chains.add(local);
      others.add("-A " + outside + " -j " + local);
      branches(service, port, local, here);
    }
  }

  /** Each of the remaining endpoints gets an equal share of what reaches its rule. */
  private void branches(
      PlannedService service, Port port, String chain, List<PlannedPod> endpoints) {
    for (int index = 0; index < endpoints.size(); index++) {
      String target = target(port, endpoints.get(index));
      int left = endpoints.size() - index;
      String share =
          left == 1
              ? ""
              : String.format(
                  Locale.ROOT, " -m statistic --mode random --probability %.10f", 1.0 / left);
      others.add(
          "-A "
              + chain
              + comment(KubeNames.port(service, port) + " -> " + target)
              + share
              + " -j "
              + KubeNames.endpoint(service, port, target));
    }
  }

  private void endpoint(PlannedService service, Port port, PlannedPod pod) {
    String target = target(port, pod);
    String chain = KubeNames.endpoint(service, port, target);
    chains.add(chain);
    String name = KubeNames.port(service, port);
    others.add(
        "-A %s -s %s%s -j KUBE-MARK-MASQ"
            .formatted(chain, host(pod.address().of(six)), comment(name)));
    others.add(
        "-A %s -p %s%s -m %s -j DNAT --to-destination %s"
            .formatted(chain, port.protocol(), comment(name), port.protocol(), target));
  }

  private String target(Port port, PlannedPod pod) {
    String address = pod.address().of(six);
    return (six ? "[" + address + "]" : address) + ":" + port.target();
  }

  private String destination(String address) {
    return " -d " + host(address);
  }

  private String host(String address) {
    return address + (six ? "/128" : "/32");
  }

  private static String match(Port port, int number) {
    return " -p %s -m %s --dport %d".formatted(port.protocol(), port.protocol(), number);
  }

  static String comment(String words) {
    return " -m comment --comment \"" + words + "\"";
  }

  /** kube-proxy's own rules in the table filter: jumps from the hooks first, then its chains. */
  static List<String> filterJumps() {
    return List.of(
        "-A INPUT -m conntrack --ctstate NEW"
            + comment("kubernetes load balancer firewall")
            + " -j KUBE-PROXY-FIREWALL",
        "-A INPUT" + comment("kubernetes health check service ports") + " -j KUBE-NODEPORTS",
        "-A INPUT -m conntrack --ctstate NEW"
            + comment("kubernetes externally-visible service portals")
            + " -j KUBE-EXTERNAL-SERVICES",
        "-A INPUT -j KUBE-FIREWALL",
        "-A FORWARD -m conntrack --ctstate NEW"
            + comment("kubernetes load balancer firewall")
            + " -j KUBE-PROXY-FIREWALL",
        "-A FORWARD" + comment("kubernetes forwarding rules") + " -j KUBE-FORWARD",
        "-A FORWARD -m conntrack --ctstate NEW"
            + comment("kubernetes service portals")
            + " -j KUBE-SERVICES",
        "-A FORWARD -m conntrack --ctstate NEW"
            + comment("kubernetes externally-visible service portals")
            + " -j KUBE-EXTERNAL-SERVICES",
        "-A OUTPUT -m conntrack --ctstate NEW"
            + comment("kubernetes load balancer firewall")
            + " -j KUBE-PROXY-FIREWALL",
        "-A OUTPUT -m conntrack --ctstate NEW"
            + comment("kubernetes service portals")
            + " -j KUBE-SERVICES",
        "-A OUTPUT -j KUBE-FIREWALL");
  }

  static List<String> filterChains() {
    return List.of(
        "KUBE-FORWARD",
        "KUBE-SERVICES",
        "KUBE-EXTERNAL-SERVICES",
        "KUBE-NODEPORTS",
        "KUBE-PROXY-FIREWALL",
        "KUBE-FIREWALL");
  }

  /** What stands in kube-proxy's chains of the table filter on this node. */
  List<String> filterRules() {
    List<String> rules = new ArrayList<>();
    rules.add("-A KUBE-FORWARD -m conntrack --ctstate INVALID -j DROP");
    rules.add(
        "-A KUBE-FORWARD"
            + comment("kubernetes forwarding rules")
            + " -m mark --mark 0x4000/0x4000 -j ACCEPT");
    rules.add(
        "-A KUBE-FORWARD"
            + comment("kubernetes forwarding conntrack rule")
            + " -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
    for (PlannedService service : plan.services()) {
      for (Port port : service.ports()) {
        filter(rules, service, port);
      }
    }
    if (!six) {
      rules.add(
          "-A KUBE-FIREWALL ! -s 127.0.0.0/8 -d 127.0.0.0/8"
              + comment("block incoming localnet connections")
              + " -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP");
    }
    return rules;
  }

  private void filter(List<String> rules, PlannedService service, Port port) {
    String name = KubeNames.port(service, port);
    if (service.endpoints().isEmpty()) {
      rules.add(
          "-A KUBE-SERVICES%s%s%s -j REJECT --reject-with %s"
              .formatted(
                  destination(service.clusterIp().of(six)),
                  comment(name + " has no endpoints"),
                  match(port, port.port()),
                  six ? "icmp6-port-unreachable" : "icmp-port-unreachable"));
    }
    boolean elsewhere = service.endpoints().stream().noneMatch(pod -> pod.node().equals(node));
    if (service.type() != PlannedService.Type.CLUSTER_IP && service.localOnly() && elsewhere) {
      rules.add(
          "-A KUBE-EXTERNAL-SERVICES -m addrtype --dst-type LOCAL%s%s -j DROP"
              .formatted(comment(name + " has no local endpoints"), match(port, port.nodePort())));
    }
  }
}
