package io.packetwalk.model.cluster;

import io.packetwalk.model.Source;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Kubernetes NetworkPolicy, as far as a listing shows it.
 *
 * @param podSelector {@code matchLabels}; empty when the selector wasn't shown
 * @param types {@code Ingress}, {@code Egress}, when shown
 * @param specification the spec as text, when the whole object was shown
 */
public record NetworkPolicy(
    ObjectName name,
    Optional<Map<String, String>> podSelector,
    Set<String> types,
    Optional<String> specification,
    boolean declared,
    Source source) {
  public NetworkPolicy {
    podSelector =
        podSelector.map(labels -> java.util.Collections.unmodifiableMap(new TreeMap<>(labels)));
    types = java.util.Collections.unmodifiableSet(new TreeSet<>(types));
  }
}
