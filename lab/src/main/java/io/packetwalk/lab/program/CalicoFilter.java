package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.plan.PlannedPolicy;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Felix's rules of one node and family in the table filter (felix/rules). */
final class CalicoFilter {
  private static final String ACCEPTED = "-m mark --mark 0x10000/0x10000";
  private static final String ACCEPT = "-j MARK --set-xmark 0x10000/0x10000";

  private final Plan plan;
  private final PlannedNode node;
  private final boolean six;
  private final List<String> rules = new ArrayList<>();
  private final SequencedSet<String> chains = new LinkedHashSet<>();

  CalicoFilter(Plan plan, PlannedNode node, boolean six) {
    this.plan = plan;
    this.node = node;
    this.six = six;
    build();
  }

  List<String> chains() {
    return List.copyOf(chains);
  }

  List<String> rules() {
    return rules;
  }

  static List<String> jumps() {
    return List.of(
        "-A INPUT -j cali-INPUT", "-A FORWARD -j cali-FORWARD", "-A OUTPUT -j cali-OUTPUT");
  }

  /** What stands behind everybody else's rules. */
  static List<String> last() {
    return List.of(
        "-A FORWARD"
            + KubeProxy.comment("Policy explicitly accepted packet.")
            + " "
            + ACCEPTED
            + " -j ACCEPT");
  }

  private void build() {
    forward();
    input();
    output();
    for (PlannedPod pod : plan.podsOf(node)) {
      String device = pod.device();
      add("cali-from-wl-dispatch", "-i " + device + " -g cali-fw-" + device);
      add("cali-to-wl-dispatch", "-o " + device + " -g cali-tw-" + device);
    }
    String unknown = KubeProxy.comment("Unknown interface").strip() + " -j DROP";
    add("cali-from-wl-dispatch", unknown);
    add("cali-to-wl-dispatch", unknown);
    plan.podsOf(node).forEach(this::pod);
  }

  private void forward() {
    add("cali-FORWARD", "-j MARK --set-xmark 0x0/0xe0000");
    add("cali-FORWARD", "-i cali+ -j cali-from-wl-dispatch");
    add("cali-FORWARD", "-o cali+ -j cali-to-wl-dispatch");
    chains.add("cali-to-hep-forward");
    add("cali-FORWARD", "-j cali-to-hep-forward");
    chains.add("cali-cidr-block");
    add("cali-FORWARD", "-j cali-cidr-block");
  }

  private void input() {
    if (plan.kind().carriage() == ClusterKind.Carriage.IPIP && !six) {
      tunnel("IPIP", "-p ipencap", "cali40all-hosts-net");
    }
    if (plan.kind().carriage() == ClusterKind.Carriage.VXLAN && !six) {
      tunnel("VXLAN", "-p udp -m multiport --dports 4789", "cali40all-vxlan-net");
    }
    add("cali-INPUT", "-i cali+ -g cali-wl-to-host");
    add("cali-INPUT", ACCEPTED + " -j ACCEPT");
    add("cali-wl-to-host", "-j cali-from-wl-dispatch");
    add(
        "cali-wl-to-host",
        KubeProxy.comment("Configured DefaultEndpointToHostAction").strip() + " -j ACCEPT");
  }

  private void tunnel(String name, String match, String set) {
    add(
        "cali-INPUT",
        match
            + KubeProxy.comment("Allow " + name + " packets from Calico hosts")
            + " -m set --match-set "
            + set
            + " src -m addrtype --dst-type LOCAL -j ACCEPT");
    add(
        "cali-INPUT",
        match
            + KubeProxy.comment("Drop " + name + " packets from non-Calico hosts")
            + " -m addrtype --dst-type LOCAL -j DROP");
  }

  private void output() {
    add("cali-OUTPUT", ACCEPTED + " -j ACCEPT");
    add("cali-OUTPUT", "-o cali+ -j RETURN");
  }

  private void pod(PlannedPod pod) {
    String profile = "kns." + pod.namespace();
    List<PlannedPolicy> policies =
        plan.policies().stream()
            .filter(policy -> policy.namespace().equals(pod.namespace()))
            .filter(policy -> policy.app().equals(pod.app()))
            .toList();
    begin("cali-tw-" + pod.device());
    if (!policies.isEmpty()) {
      policies(pod, policies);
    }
    profile("cali-tw-" + pod.device(), "cali-pri-" + profile, "Profile " + profile + " ingress");
    begin("cali-fw-" + pod.device());
    String out = "cali-fw-" + pod.device();
    add(
        out,
        "-p udp"
            + KubeProxy.comment("Drop VXLAN encapped packets originating in workloads")
            + " -m multiport --dports 4789 -j DROP");
    add(
        out,
        "-p ipencap"
            + KubeProxy.comment("Drop IPinIP encapped packets originating in workloads")
            + " -j DROP");
    profile(out, "cali-pro-" + profile, "Profile " + profile + " egress");
  }

  private void begin(String chain) {
    add(chain, "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT");
    add(chain, "-m conntrack --ctstate INVALID -j DROP");
    add(chain, "-j MARK --set-xmark 0x0/0x30000");
  }

  private void policies(PlannedPod pod, List<PlannedPolicy> policies) {
    String chain = "cali-tw-" + pod.device();
    add(
        chain,
        KubeProxy.comment("Start of tier default").strip() + " -j MARK --set-xmark 0x0/0x20000");
    for (PlannedPolicy policy : policies) {
      String name = CalicoNames.policy("cali-pi-", policy.namespace(), policy.name());
      add(chain, "-m mark --mark 0x0/0x20000 -j " + name);
      add(
          chain,
          KubeProxy.comment("Return if policy accepted").strip() + " " + ACCEPTED + " -j RETURN");
      policy(name, policy);
    }
    add(
        chain,
        KubeProxy.comment("End of tier default. Drop if no policies passed packet").strip()
            + " -m mark --mark 0x0/0x20000 -j DROP");
  }

  private void policy(String chain, PlannedPolicy policy) {
    if (chains.contains(chain)) {
      return;
    }
    String words =
        KubeProxy.comment(
            "KubernetesNetworkPolicy " + policy.namespace() + "/" + policy.name() + " ingress");
    for (String protocol : List.of("tcp", "udp")) {
      add(
          chain,
          "-p "
              + protocol
              + words
              + " -m set --match-set "
              + CalicoSets.of(policy, six)
              + " src -m multiport --dports "
              + policy.port()
              + " "
              + ACCEPT);
      add(chain, ACCEPTED + " -j RETURN");
    }
  }

  private void profile(String chain, String profile, String words) {
    add(chain, "-j " + profile);
    add(
        chain,
        KubeProxy.comment("Return if profile accepted").strip() + " " + ACCEPTED + " -j RETURN");
    add(chain, KubeProxy.comment("Drop if no profiles matched").strip() + " -j DROP");
    if (chains.add(profile)) {
      add(profile, KubeProxy.comment(words).strip() + " " + ACCEPT);
      add(profile, ACCEPTED + " -j RETURN");
    }
  }

  private void add(String chain, String rule) {
    chains.add(chain);
    rules.add("-A " + chain + " " + rule);
  }
}
