package io.packetwalk.walk.meaning;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.meaning.ServicePorts.ServicePort;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of kube-proxy in iptables: which Service and which endpoint they are for. */
final class KubeProxyMeaning {
  private static final List<String> OF_PORTS =
      List.of("KUBE-SVC-", "KUBE-SVL-", "KUBE-EXT-", "KUBE-XLB-", "KUBE-FW-");

  private final Cluster cluster;
  private final ServicePorts ports;

  KubeProxyMeaning(Cluster cluster) {
    this.cluster = cluster;
    this.ports = new ServicePorts(cluster);
  }

  Optional<Meaning> of(Decided decided) {
    String chain = decided.chain();
    if (!decided.passed("KUBE-")) {
      return Optional.empty();
    }
    if (chain.equals("KUBE-MARK-MASQ")) {
      return Optional.of(masqueraded(decided));
    }
    if (chain.equals("KUBE-POSTROUTING") && decided.masquerades()) {
      return Optional.of(Meaning.of("Service traffic that KUBE-MARK-MASQ marked for it"));
    }
    if (decided.translation().isPresent()) {
      return port(decided).map(port -> endpoint(decided, port));
    }
    return decided.ends() ? refusal(decided) : Optional.empty();
  }

  /** Why a packet of a Service gets the node's address as its source. */
  private Meaning masqueraded(Decided decided) {
    String caller = decided.caller().orElse("");
    String why =
        caller.startsWith("KUBE-SEP-")
            ? ": the endpoint is its own client (hairpin)"
            : caller.startsWith("KUBE-SVC-") || caller.equals("KUBE-SERVICES")
                ? ": the client isn't one of the pods"
                : caller.startsWith("KUBE-EXT-") || caller.startsWith("KUBE-FW-")
                    ? ": the Service is reached from outside"
                    : "";
    return Meaning.of("to be masqueraded on its way out" + why);
  }

  private Meaning endpoint(Decided decided, ServicePort port) {
    Optional<IpAddress> address =
        decided.translation().flatMap(Statement.Translate::to).map(range -> range.first());
    String whose =
        address
            .flatMap(cluster::podAt)
            .map(pod -> "endpoint pod " + pod.name())
            .orElse("an endpoint");
    String text = whose + " of Service " + port + share(decided) + way(decided);
    return new Meaning(text, ports.evidence(port, address));
  }

  /** How many endpoints the choice was among. */
  private static String share(Decided decided) {
    return decided
        .last(name -> name.startsWith("KUBE-SVC-") || name.startsWith("KUBE-SVL-"))
        .map(chain -> choices(decided.rulesOf(chain)))
        .filter(count -> count > 0)
        .map(count -> count == 1 ? ", its only one" : ", 1 of " + count)
        .orElse("");
  }

  private static long choices(List<Rule> rules) {
    return rules.stream()
        .map(Decided::target)
        .flatMap(Optional::stream)
        .filter(target -> target.startsWith("KUBE-SEP-"))
        .distinct()
        .count();
  }

  private static String way(Decided decided) {
    boolean external =
        decided.passed("KUBE-EXT-") || decided.passed("KUBE-XLB-") || decided.passed("KUBE-FW-");
    List<String> words = new ArrayList<>();
    if (decided.passed("KUBE-NODEPORTS")) {
      words.add("by its NodePort");
    } else if (external) {
      words.add("by an address from outside");
    }
    if (decided.passed("KUBE-SVL-") || decided.passed("KUBE-XLB-")) {
      words.add(
          (external ? "externalTrafficPolicy" : "internalTrafficPolicy")
              + " Local: this node's endpoints only");
    }
    return words.isEmpty() ? "" : ", " + String.join(", ", words);
  }

  private Optional<Meaning> refusal(Decided decided) {
    String comment = decided.rule().comment();
    return port(decided)
        .flatMap(port -> {
          if (comment.contains("has no local endpoints")) {
            String text =
                "Service "
                    + port
                    + " has no endpoint on this node, and its traffic policy is Local";
            return Optional.of(new Meaning(text, ports.evidence(port, Optional.empty())));
          }
          return comment.contains("has no endpoints")
              ? Optional.of(
                  new Meaning(
                      "Service " + port + " has no endpoints",
                      ports.evidence(port, Optional.empty())))
              : Optional.empty();
        });
  }

  /** By the nearest comment that names one, or by the hash in the chain's name. */
  private Optional<ServicePort> port(Decided decided) {
    return decided
        .rules()
        .map(Rule::comment)
        .map(ServicePorts::inComment)
        .flatMap(Optional::stream)
        .findFirst()
        .or(() -> byHash(decided));
  }

  private Optional<ServicePort> byHash(Decided decided) {
    return decided.path().reversed().stream()
        .flatMap(chain ->
            OF_PORTS.stream()
                .filter(chain::startsWith)
                .map(prefix -> ports.ofHash(chain.substring(prefix.length())))
                .flatMap(Optional::stream))
        .findFirst();
  }
}
