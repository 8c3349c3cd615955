package io.packetwalk.walk.meaning;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.Cluster;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.netfilter.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of kube-router's firewall: a chain for each pod that asks a chain for each policy. */
final class KubeRouterMeaning {
  private static final Pattern POD = Pattern.compile("POD name:\\s*(\\S+) namespace:\\s*(\\S+)");
  private static final Pattern POLICY = Pattern.compile("policy name:? (\\S+) namespace:? (\\S+)");
  private static final Pattern ASKED = Pattern.compile("run through nw policy (\\S+)");
  private static final String POD_CHAIN = "KUBE-POD-FW-";
  private static final String POLICY_CHAIN = "KUBE-NWPLCY-";

  private final Policies policies;

  KubeRouterMeaning(Cluster cluster) {
    this.policies = new Policies(cluster);
  }

  Optional<Meaning> of(Decided decided) {
    Optional<String> chain = decided.last(name -> name.startsWith(POD_CHAIN));
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    Optional<ObjectName> pod = pod(decided, chain.get());
    String whose = pod.map(name -> "the firewall of pod " + name).orElse("a pod's firewall");
    if (decided.chain().startsWith(POLICY_CHAIN)) {
      return Optional.of(inPolicy(decided, pod, whose));
    }
    return Optional.of(
        decided.ends() && decided.chain().equals(chain.get())
            ? isolation(decided, pod, whose)
            : Meaning.of(whose));
  }

  private static Optional<ObjectName> pod(Decided decided, String chain) {
    return Stream.concat(decided.rules(), decided.rulesOf(chain).stream())
        .map(Rule::comment)
        .map(POD::matcher)
        .filter(Matcher::find)
        .map(found -> new ObjectName(found.group(2), found.group(1)))
        .findFirst();
  }

  private Meaning inPolicy(Decided decided, Optional<ObjectName> pod, String whose) {
    Optional<Policies.Named> policy =
        policy(decided.rulesOf(decided.chain()))
            .or(() ->
                decided.jumps().stream()
                    .map(rule -> asked(rule, pod))
                    .flatMap(Optional::stream)
                    .findFirst());
    return policy
        .map(named -> new Meaning("by " + named.text() + ", " + whose, named.evidence()))
        .orElseGet(() -> Meaning.of(whose));
  }

  private Optional<Policies.Named> policy(List<Rule> rules) {
    return rules.stream()
        .map(Rule::comment)
        .map(POLICY::matcher)
        .filter(Matcher::find)
        .map(found -> policies.named(found.group(2), found.group(1)))
        .findFirst();
  }

  private Optional<Policies.Named> asked(Rule rule, Optional<ObjectName> pod) {
    Matcher matcher = ASKED.matcher(rule.comment());
    return matcher.find()
        ? Optional.of(policies.named(pod.map(ObjectName::namespace).orElse("?"), matcher.group(1)))
        : Optional.empty();
  }

  /** Behind the last policy: what none of them marked is refused. */
  private Meaning isolation(Decided decided, Optional<ObjectName> pod, String whose) {
    Map<String, Policies.Named> names = new LinkedHashMap<>();
    for (Rule rule : decided.rulesOf(decided.chain())) {
      asked(rule, pod).ifPresent(named -> names.putIfAbsent(named.text(), named));
    }
    List<Source> evidence = new ArrayList<>();
    names.values().forEach(named -> evidence.addAll(named.evidence()));
    String by = names.isEmpty() ? "no policy" : String.join(", ", names.keySet()) + ": none";
    return new Meaning(whose + " refuses what isn't allowed: " + by + " allows it", evidence);
  }
}
