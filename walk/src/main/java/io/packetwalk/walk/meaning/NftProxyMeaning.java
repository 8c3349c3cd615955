package io.packetwalk.walk.meaning;

import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.walk.meaning.ServicePorts.ServicePort;
import io.packetwalk.wire.IpAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rules of kube-proxy in nftables: its chains are named by the Service's port, and an
 * endpoint's also by the endpoint ({@code
 * endpoint-HASH-NAMESPACE/NAME/PROTOCOL/PORT__10.0.0.1/80}). Later versions have no chains for
 * endpoints but a map of them in the Service's own.
 */
final class NftProxyMeaning {
  private static final Pattern CHAIN =
      Pattern.compile(
          "(service|endpoint|external|firewall)-[0-9A-Z]{8}-"
              + "([^/]+)/([^/]+)/[^/]+/([^/]*?)(?:__([^/]+)/\\d+)?");

  private final Cluster cluster;
  private final ServicePorts ports;

  NftProxyMeaning(Cluster cluster) {
    this.cluster = cluster;
    this.ports = new ServicePorts(cluster);
  }

  Optional<Meaning> of(Decided decided) {
    if (!decided.table().name().equals("kube-proxy")) {
      return Optional.empty();
    }
    return switch (decided.chain()) {
      case "mark-for-masquerade" -> Optional.of(marked(decided));
      case "masquerading" -> Optional.of(Meaning.of("Service traffic that was marked for it"));
      case "reject-chain" -> Optional.of(Meaning.of("the Service has no endpoints"));
      case "nodeport-endpoints-check", "service-endpoints-check" ->
          Optional.of(Meaning.of("whether the Service has endpoints"));
      case "cluster-ips-check" ->
          Optional.of(Meaning.of("a cluster IP at a port that no Service has there"));
      case "firewall-check" -> Optional.of(Meaning.of("the Service's loadBalancerSourceRanges"));
      default -> inPort(decided);
    };
  }

  private Meaning marked(Decided decided) {
    String caller = decided.caller().orElse("");
    String why =
        caller.startsWith("endpoint-")
            ? ": the endpoint is its own client (hairpin)"
            : caller.startsWith("service-")
                ? ": the client isn't one of the pods"
                : caller.startsWith("external-") ? ": the Service is reached from outside" : "";
    return Meaning.of("to be masqueraded on its way out" + why);
  }

  private Optional<Meaning> inPort(Decided decided) {
    Matcher chain = CHAIN.matcher(decided.chain());
    if (!chain.matches()) {
      return Optional.empty();
    }
    ServicePort port =
        new ServicePort(new ObjectName(chain.group(2), chain.group(3)), chain.group(4));
    if (chain.group(1).equals("firewall")) {
      String text = "the loadBalancerSourceRanges of Service " + port;
      return Optional.of(new Meaning(text, ports.evidence(port, Optional.empty())));
    }
    boolean translates = decided.translation().isPresent() || decided.computed().isPresent();
    return translates ? Optional.of(endpoint(decided, port)) : Optional.empty();
  }

  private Meaning endpoint(Decided decided, ServicePort port) {
    Optional<IpAddress> address =
        decided
            .translatedTo()
            .or(() ->
                decided
                    .translation()
                    .flatMap(Statement.Translate::to)
                    .map(Statement.AddressRange::first));
    String whose =
        address
            .flatMap(cluster::podAt)
            .map(pod -> "endpoint pod " + pod.name())
            .orElse("an endpoint");
    String outside = decided.passed("external-") ? ", by an address from outside" : "";
    String text = whose + " of Service " + port + share(decided) + outside;
    return new Meaning(text, ports.evidence(port, address));
  }

  /** How many endpoints the choice was among. */
  private static String share(Decided decided) {
    return decided
        .computed()
        .map(NftProxyMeaning::inMap)
        .or(() ->
            decided.last(name -> name.startsWith("service-")).map(name -> choices(decided, name)))
        .filter(count -> count > 0)
        .map(count -> count == 1 ? ", its only one" : ", 1 of " + count)
        .orElse("");
  }

  private static long choices(Decided decided, String chain) {
    return decided.rulesOf(chain).stream()
        .flatMap(NftProxyMeaning::elements)
        .map(Element::verdict)
        .flatMap(Optional::stream)
        .filter(verdict -> verdict instanceof Statement.Goto || verdict instanceof Statement.Jump)
        .distinct()
        .count();
  }

  private static long inMap(Statement.TranslateComputed to) {
    return to.to() instanceof Operand.Mapped mapped
            && mapped.map() instanceof SetReference.Inline(ElementSet set)
        ? set.elements().all().size()
        : 0;
  }

  private static Stream<Element> elements(Rule rule) {
    return rule.parts().stream()
        .flatMap(part ->
            part instanceof Statement.VerdictMap map
                    && map.map() instanceof SetReference.Inline(ElementSet set)
                ? set.elements().all().stream()
                : Stream.of());
  }
}
