package io.packetwalk.walk.plugin;

import io.packetwalk.model.cluster.ComputedGroup;
import io.packetwalk.model.cluster.ComputedPolicies;
import io.packetwalk.model.cluster.ComputedPolicy;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.model.cluster.Pod;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpPrefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which of the policies that Antrea computed a rule in the flows is of: the one whose groups have
 * the pods that the rule concerns and the peers that it names, with the same services.
 */
final class AntreaComputed {
  private static final int DENIED = 0x400;

  private final AntreaNames names;
  private final ComputedPolicies computed;

  AntreaComputed(AntreaNames names) {
    this.names = names;
    this.computed = names.snapshot().cluster().computedPolicies();
  }

  private record Candidate(ComputedPolicy policy, ComputedPolicy.Rule rule) {}

  /** {@code of AntreaClusterNetworkPolicy acnp, rule "deny" (Drop, tier 250, priority 5)}. */
  Optional<String> of(AntreaPolicies.Rule flows, boolean ingress, String table) {
    if (flows.other) {
      return Optional.empty();
    }
    List<Candidate> candidates = new ArrayList<>();
    for (ComputedPolicy policy : computed.policies()) {
      boolean kubernetes = policy.kind().equals("K8sNetworkPolicy");
      if (kubernetes == table.startsWith("Antrea")) {
        continue;
      }
      for (ComputedPolicy.Rule rule : policy.rules()) {
        if (rule.ingress() == ingress && isMade(flows, policy, rule)) {
          candidates.add(new Candidate(policy, rule));
        }
      }
    }
    Set<ObjectName> origins = new LinkedHashSet<>();
    candidates.forEach(candidate -> origins.add(candidate.policy().origin()));
    if (origins.size() != 1) {
      return Optional.empty();
    }
    Candidate first = candidates.getFirst();
    return Optional.of(" of " + name(first.policy()) + (candidates.size() == 1 ? said(first) : ""));
  }

  private static String name(ComputedPolicy policy) {
    String kind = policy.kind().equals("K8sNetworkPolicy") ? "NetworkPolicy" : policy.kind();
    ObjectName origin = policy.origin();
    return kind + " " + (origin.namespace().isEmpty() ? origin.name() : origin.toString());
  }

  private static String said(Candidate candidate) {
    List<String> parts = new ArrayList<>();
    ComputedPolicy policy = candidate.policy();
    if (!candidate.rule().action().isEmpty()) {
      parts.add(candidate.rule().action());
    }
    policy.tierPriority().ifPresent(tier -> parts.add("tier " + tier));
    policy.priority().ifPresent(priority -> parts.add("priority " + priority));
    String rule =
        candidate.rule().name().isEmpty() ? "" : ", rule \"" + candidate.rule().name() + "\"";
    return rule + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
  }

  private boolean isMade(
      AntreaPolicies.Rule flows, ComputedPolicy policy, ComputedPolicy.Rule rule) {
    Set<IpAddress> peers = rule.ingress() ? flows.sources : flows.destinations;
    boolean concernsAny = !(rule.ingress() ? flows.targets : flows.sources).isEmpty();
    return concernsAny
        && rule.services().equals(new TreeSet<>(flows.services))
        && hasPeers(rule, peers)
        && concerns(policy, rule, flows)
        && hasAction(rule, flows);
  }

  /** Every address that the flows name is a peer's, and every peer is named. */
  private boolean hasPeers(ComputedPolicy.Rule rule, Set<IpAddress> named) {
    Set<IpAddress> members = new TreeSet<>();
    for (String group : rule.peers()) {
      Optional<ComputedGroup> known = computed.peers(group);
      if (known.isEmpty()) {
        return false;
      }
      members.addAll(known.get().addresses());
    }
    for (IpPrefix block : rule.blocks()) {
      if (block.isHost()) {
        members.add(block.address());
      }
    }
    return named.equals(members);
  }

  /** Every pod that the flows concern is in the groups that the rule is applied to. */
  private boolean concerns(
      ComputedPolicy policy, ComputedPolicy.Rule rule, AntreaPolicies.Rule flows) {
    Set<ObjectName> pods = new TreeSet<>();
    Set<IpAddress> addresses = new TreeSet<>();
    for (String group : rule.appliedTo().isEmpty() ? policy.appliedTo() : rule.appliedTo()) {
      computed
          .concerned(group)
          .ifPresent(known -> {
            pods.addAll(known.pods());
            addresses.addAll(known.addresses());
          });
    }
    if (rule.ingress()) {
      return flows.targets.stream()
          .allMatch(port -> names.podAt(port).filter(pod -> pods.contains(pod.name())).isPresent());
    }
    return flows.sources.stream()
        .allMatch(address -> addresses.contains(address) || isAt(address, pods));
  }

  /** Kubernetes' own policies that isolate a pod in a direction. */
  List<String> isolating(ObjectName pod, boolean ingress) {
    List<String> policies = new ArrayList<>();
    for (ComputedPolicy policy : computed.policies()) {
      boolean applied =
          policy.appliedTo().stream()
              .map(computed::concerned)
              .flatMap(Optional::stream)
              .anyMatch(group -> group.pods().contains(pod));
      boolean directed = policy.rules().stream().anyMatch(rule -> rule.ingress() == ingress);
      if (policy.kind().equals("K8sNetworkPolicy") && applied && directed) {
        policies.add(name(policy));
      }
    }
    return policies;
  }

  private boolean isAt(IpAddress address, Set<ObjectName> pods) {
    Optional<Pod> pod = names.snapshot().cluster().podAt(address);
    return pod.filter(found -> pods.contains(found.name())).isPresent();
  }

  /** What the flow does when all clauses are met is what the rule says. */
  private static boolean hasAction(ComputedPolicy.Rule rule, AntreaPolicies.Rule flows) {
    if (flows.verdict.isEmpty() || rule.action().isEmpty()) {
      return true;
    }
    boolean drops = rule.action().equals("Drop") || rule.action().equals("Reject");
    List<FlowAction> actions = flows.verdict.get().actions();
    boolean denies =
        actions.isEmpty()
            || actions.stream()
                .anyMatch(action ->
                    action instanceof FlowAction.SetField set
                        && set.field().equals(FlowFields.register(0))
                        && (set.value().low() & set.mask().low() & DENIED) != 0);
    return drops == denies;
  }
}
