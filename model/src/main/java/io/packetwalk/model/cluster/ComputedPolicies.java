package io.packetwalk.model.cluster;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Antrea's controller made of the policies, as far as agents or the controller showed it.
 *
 * @param addressGroups by name: the peers of rules
 * @param appliedToGroups by name: the pods that policies concern
 */
public record ComputedPolicies(
    List<ComputedPolicy> policies,
    Map<String, ComputedGroup> addressGroups,
    Map<String, ComputedGroup> appliedToGroups) {
  public static final ComputedPolicies NONE = new ComputedPolicies(List.of(), Map.of(), Map.of());

  public ComputedPolicies {
    policies = List.copyOf(policies);
    addressGroups = Collections.unmodifiableMap(new TreeMap<>(addressGroups));
    appliedToGroups = Collections.unmodifiableMap(new TreeMap<>(appliedToGroups));
  }

  public Optional<ComputedGroup> peers(String group) {
    return Optional.ofNullable(addressGroups.get(group));
  }

  public Optional<ComputedGroup> concerned(String group) {
    return Optional.ofNullable(appliedToGroups.get(group));
  }
}
