package io.packetwalk.lab.program;

import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.PlannedNode;
import io.packetwalk.lab.plan.Planning;
import java.util.ArrayList;
import java.util.List;

/** The rules with which each kind of cluster hides its pods' addresses from the outside. */
record Masquerade(List<String> chains, List<String> first, List<String> last, List<String> inside) {
  static Masquerade of(Plan plan, PlannedNode node, boolean six) {
    String pool = Planning.POOL.of(six);
    if (plan.kind() == ClusterKind.BRIDGE) {
      return new Masquerade(
          List.of(),
          List.of(),
          List.of(
              "-A POSTROUTING -s %s ! -d %s%s -m addrtype ! --dst-type LOCAL -j MASQUERADE"
                  .formatted(
                      pool,
                      pool,
                      KubeProxy.comment("kubenet: SNAT for outbound traffic from cluster"))),
          List.of());
    }
    return switch (plan.kind().pods()) {
      case BRIDGED -> flannel(node, pool, six);
      case ROUTED -> calico(plan, six);
      case SWITCHED -> new AntreaRules(plan, node, six).masquerade();
    };
  }

  /** As flanneld writes them (pkg/trafficmngr/iptables). */
  private static Masquerade flannel(PlannedNode node, String pool, boolean six) {
    String comment = KubeProxy.comment("flanneld masq");
    String chain = "-A FLANNEL-POSTRTG";
    String block = node.block().of(six);
    String multicast = six ? "ff00::/8" : "224.0.0.0/4";
    return new Masquerade(
        List.of("FLANNEL-POSTRTG"),
        List.of(),
        List.of("-A POSTROUTING" + comment + " -j FLANNEL-POSTRTG"),
        List.of(
            chain + " -m mark --mark 0x4000/0x4000" + comment + " -j RETURN",
            chain + " -s " + block + " -d " + pool + comment + " -j RETURN",
            chain + " -s " + pool + " -d " + block + comment + " -j RETURN",
            chain + " ! -s " + pool + " -d " + block + comment + " -j RETURN",
            chain + " -s " + pool + " ! -d " + multicast + comment + " -j MASQUERADE",
            chain + " ! -s " + pool + " -d " + pool + comment + " -j MASQUERADE"));
  }

  private static Masquerade calico(Plan plan, boolean six) {
    String prefix = six ? "cali60" : "cali40";
    List<String> inside = new ArrayList<>();
    inside.add("-A cali-PREROUTING -j cali-fip-dnat");
    inside.add("-A cali-OUTPUT -j cali-fip-dnat");
    inside.add("-A cali-POSTROUTING -j cali-fip-snat");
    inside.add("-A cali-POSTROUTING -j cali-nat-outgoing");
    String tunnel = plan.kind().tunnelDevice();
    if (!tunnel.isEmpty() && !(six && tunnel.equals("tunl0"))) {
      inside.add(
          "-A cali-POSTROUTING -o %s -m addrtype ! --src-type LOCAL --limit-iface-out -m addrtype --src-type LOCAL -j MASQUERADE"
              .formatted(tunnel));
    }
    inside.add(
        "-A cali-nat-outgoing -m set --match-set %smasq-ipam-pools src -m set ! --match-set %sall-ipam-pools dst -j MASQUERADE"
            .formatted(prefix, prefix));
    return new Masquerade(
        List.of(
            "cali-PREROUTING",
            "cali-OUTPUT",
            "cali-POSTROUTING",
            "cali-fip-dnat",
            "cali-fip-snat",
            "cali-nat-outgoing"),
        List.of(
            "-A PREROUTING -j cali-PREROUTING",
            "-A OUTPUT -j cali-OUTPUT",
            "-A POSTROUTING -j cali-POSTROUTING"),
        List.of(),
        inside);
  }
}
