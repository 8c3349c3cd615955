package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedEgress;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.List;

/** Antrea's own rules of one node and family in its packet filter (pkg/agent/route). */
final class AntreaRules {
  private static final String GATEWAY = SwitchedPods.GATEWAY;

  private final Plan plan;
  private final PlannedNode node;
  private final boolean six;

  AntreaRules(Plan plan, PlannedNode node, boolean six) {
    this.plan = plan;
    this.node = node;
    this.six = six;
  }

  /** The sets of all nodes' pods, as {@code ipset restore} reads them. */
  static List<String> sets(Plan plan) {
    List<String> lines = new ArrayList<>();
    for (boolean six : plan.families()) {
      lines.add("create " + set(six) + " hash:net family " + (six ? "inet6" : "inet"));
      for (PlannedNode node : plan.nodes()) {
        lines.add("add " + set(six) + " " + node.block().of(six));
      }
    }
    return lines;
  }

  private static String set(boolean six) {
    return six ? "ANTREA-POD-IP6" : "ANTREA-POD-IP";
  }

  private static String words(String text) {
    return KubeProxy.comment("Antrea: " + text);
  }

  Masquerade masquerade() {
    if (AntreaFields.isPolicyOnly(plan)) {
      return agent(Planning.POOL.of(six));
    }
    String chain = "-A ANTREA-POSTROUTING";
    List<String> inside = new ArrayList<>();
    int mark = 0;
    for (PlannedEgress egress : plan.egresses()) {
      mark++;
      if (egress.node().equals(node) && !six) {
        inside.add(
            "%s ! -o %s%s -m mark --mark 0x%x/0xff -j SNAT --to-source %s"
                .formatted(
                    chain, GATEWAY, words("SNAT Pod to external packets"), mark, egress.address()));
      }
    }
    inside.add(
        "%s -s %s ! -o %s%s -m set ! --match-set %s dst -j MASQUERADE"
            .formatted(
                chain,
                node.block().of(six),
                GATEWAY,
                words("masquerade Pod to external packets"),
                set(six)));
    inside.add(
        "%s -o %s%s -m addrtype ! --src-type LOCAL --limit-iface-out -m addrtype --src-type LOCAL -j MASQUERADE"
            .formatted(chain, GATEWAY, words("masquerade LOCAL traffic")));
    return new Masquerade(
        List.of("ANTREA-POSTROUTING"),
        List.of(),
        List.of(
            "-A POSTROUTING"
                + words("jump to Antrea postrouting rules")
                + " -j ANTREA-POSTROUTING"),
        inside);
  }

  /** Where another plugin routes, ip-masq-agent hides the pods' addresses. */
  private static Masquerade agent(String pool) {
    String chain = "-A IP-MASQ-AGENT";
    String words = "ip-masq-agent: %s";
    return new Masquerade(
        List.of("IP-MASQ-AGENT"),
        List.of(),
        List.of(
            "-A POSTROUTING"
                + KubeProxy.comment(
                    words.formatted(
                        "ensure nat POSTROUTING directs all non-LOCAL destination traffic to our"
                            + " custom IP-MASQ-AGENT chain"))
                + " -m addrtype ! --dst-type LOCAL -j IP-MASQ-AGENT"),
        List.of(
            chain
                + " -d "
                + pool
                + KubeProxy.comment(words.formatted("local traffic is not subject to MASQUERADE"))
                + " -j RETURN",
            chain
                + KubeProxy.comment(
                    words.formatted(
                        "outbound traffic is subject to MASQUERADE (must be last in chain)"))
                + " -j MASQUERADE"));
  }

  /** In the table filter: chains, and rules behind kube-proxy's. */
  static List<String> filter() {
    String chain = "-A ANTREA-FORWARD";
    return List.of(
        "-N ANTREA-FORWARD",
        "-A FORWARD" + words("jump to Antrea forwarding rules") + " -j ANTREA-FORWARD",
        chain + " -i " + GATEWAY + words("accept packets from local Pods") + " -j ACCEPT",
        chain + " -o " + GATEWAY + words("accept packets to local Pods") + " -j ACCEPT");
  }

  /** The tables that nobody else has rules in. */
  List<String> others() {
    List<String> lines = new ArrayList<>(List.of("*mangle"));
    lines.add(":OUTPUT ACCEPT [0:0]");
    lines.add(":ANTREA-OUTPUT - [0:0]");
    lines.add("-A OUTPUT" + words("jump to Antrea output rules") + " -j ANTREA-OUTPUT");
    lines.add(
        "-A ANTREA-OUTPUT -o "
            + GATEWAY
            + words("mark LOCAL output packets")
            + " -m addrtype --src-type LOCAL -j MARK --or-mark 0x80000000");
    lines.add("COMMIT");
    if (AntreaFields.hasTunnel(plan)) {
      lines.addAll(untracked());
    }
    return lines;
  }

  private List<String> untracked() {
    List<String> lines = new ArrayList<>(List.of("*raw"));
    for (String hook : List.of("PREROUTING", "OUTPUT")) {
      lines.add(":" + hook + " ACCEPT [0:0]");
      lines.add(":ANTREA-" + hook + " - [0:0]");
    }
    for (String hook : List.of("PREROUTING", "OUTPUT")) {
      boolean in = hook.equals("PREROUTING");
      String name = in ? "prerouting" : "output";
      lines.add("-A " + hook + words("jump to Antrea " + name + " rules") + " -j ANTREA-" + hook);
      lines.add(
          "-A ANTREA-%s %s%s -m addrtype --%s-type LOCAL -j NOTRACK"
              .formatted(
                  hook,
                  plan.kind().carriage().match(),
                  words(
                      in
                          ? "do not track incoming encapsulation packets"
                          : "do not track outgoing encapsulation packets"),
                  in ? "dst" : "src"));
    }
    lines.add("COMMIT");
    return lines;
  }
}
