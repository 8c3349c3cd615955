package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import io.packetwalk.wire.IpPrefix;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A policy as Antrea's controller computed it for the agents ({@code antctl get networkpolicy}): of
 * Kubernetes' own, or of Antrea's.
 *
 * @param identity the computed object's own name, an identifier
 * @param kind of the policy that it was made of: {@code K8sNetworkPolicy}, {@code
 *     AntreaClusterNetworkPolicy}, …
 * @param origin that policy's name; without a namespace for one of the whole cluster
 * @param tierPriority of Antrea's policies
 * @param priority within the tier
 */
public record ComputedPolicy(
    String identity,
    String kind,
    ObjectName origin,
    Optional<String> tierPriority,
    Optional<String> priority,
    Set<String> appliedTo,
    List<Rule> rules,
    Source source) {
  public ComputedPolicy {
    appliedTo = Collections.unmodifiableSet(new TreeSet<>(appliedTo));
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param name empty for one without
   * @param action {@code Allow}, {@code Drop}, {@code Reject}, {@code Pass}; empty for Kubernetes'
   *     own policies, which only allow
   * @param peers the names of address groups
   * @param services {@code TCP 80}; none for all
   * @param appliedTo the rule's own; none for the policy's
   */
  public record Rule(
      boolean ingress,
      String name,
      String action,
      Set<String> peers,
      List<IpPrefix> blocks,
      Set<String> services,
      Set<String> appliedTo) {
    public Rule {
      peers = Collections.unmodifiableSet(new TreeSet<>(peers));
      blocks = List.copyOf(blocks);
      services = Collections.unmodifiableSet(new TreeSet<>(services));
      appliedTo = Collections.unmodifiableSet(new TreeSet<>(appliedTo));
    }
  }
}
