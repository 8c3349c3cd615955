package io.packetwalk.walk.meaning;

import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the sets of Kubernetes' programs hold. */
final class SetMeaning {
  /** {@code cali40} and {@code cali60}, or their short forms of nftables. */
  private static final Pattern CALICO = Pattern.compile("^cali[46]0(.*)$");

  private static final int SHOWN = 3;
  private static final Map<String, String> KNOWN = known();

  private final Snapshot snapshot;

  SetMeaning(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  private static Map<String, String> known() {
    Map<String, String> meanings = new LinkedHashMap<>();
    meanings.put("masq-ipam-pools", "Calico's pools with natOutgoing");
    meanings.put("all-ipam-pools", "Calico's pools");
    meanings.put("network-ip-pools", "Calico's pools");
    meanings.put("this-host", "this node's addresses");
    meanings.put("all-hosts-net", "the nodes' addresses");
    meanings.put("all-vxlan-net", "the nodes that may send VXLAN");
    meanings.put("KUBE-CLUSTER-IP", "cluster addresses and ports of Services");
    meanings.put("KUBE-LOOP-BACK", "endpoints of this node, each to itself");
    meanings.put("KUBE-EXTERNAL-IP", "external addresses of Services");
    meanings.put("KUBE-LOAD-BALANCER", "load balancer addresses of Services");
    meanings.put("KUBE-NODE-PORT-TCP", "Services' TCP NodePorts");
    meanings.put("KUBE-NODE-PORT-UDP", "Services' UDP NodePorts");
    meanings.put("KUBE-IPVS-IPS", "addresses that kube-proxy put on kube-ipvs0");
    meanings.put("kube-router-pod-subnets", "the pods' networks");
    meanings.put("kube-router-node-ips", "the nodes' addresses");
    meanings.put("kube-router-local-ips", "this node's addresses");
    meanings.put("kube-router-svip", "Services' addresses");
    meanings.put("kube-router-svip-prt", "Services' addresses and ports");
    return meanings;
  }

  /**
   * {@code cali40s:… holds pods shop/a, shop/b}, for the rule's sets that something is known of.
   */
  Optional<String> of(Decided decided) {
    List<String> told = new ArrayList<>();
    for (String name : decided.sets()) {
      known(name)
          .or(() -> members(decided, name))
          .ifPresent(meaning -> told.add(name + ": " + meaning));
    }
    return told.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", told));
  }

  private static Optional<String> known(String name) {
    String plain = CALICO.matcher(name.replaceFirst("^inet6:", "")).replaceFirst("$1");
    return Optional.ofNullable(KNOWN.get(plain.replaceFirst("^KUBE-6-", "KUBE-")));
  }

  private Optional<String> members(Decided decided, String name) {
    return snapshot
        .namespace(decided.place())
        .netfilter()
        .sets()
        .first(set -> set.name().equals(name))
        .flatMap(this::pods);
  }

  private Optional<String> pods(ElementSet set) {
    List<String> pods = new ArrayList<>();
    List<Element> elements = set.elements().all();
    for (Element element : elements.subList(0, Math.min(SHOWN, elements.size()))) {
      address(element).map(pod -> pod.name().toString()).ifPresent(pods::add);
    }
    if (pods.isEmpty()) {
      return elements.isEmpty() ? Optional.of("a selector that nothing fits") : Optional.empty();
    }
    int more = elements.size() - pods.size();
    return Optional.of(
        "a selector that fits "
            + (elements.size() == 1 ? "pod " : "pods ")
            + String.join(", ", pods)
            + (more > 0 ? " and " + more + " more" : ""));
  }

  private Optional<Pod> address(Element element) {
    return !element.key().isEmpty()
            && element.key().getFirst() instanceof Span.One(Datum value)
            && value instanceof Datum.Address(var address)
        ? snapshot.cluster().podAt(address)
        : Optional.empty();
  }
}
