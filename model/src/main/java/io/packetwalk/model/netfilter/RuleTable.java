package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table of chains.
 *
 * @param chains by name, in the order in which they were listed
 * @param sets nftables' own sets and maps, by name
 */
public record RuleTable(
    Backend backend,
    TableFamily family,
    String name,
    Map<String, Chain> chains,
    Map<String, ElementSet> sets,
    Source source) {
  public RuleTable {
    chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }

  /** Whether it is the same table of the kernel, listed another time. */
  public boolean isSameAs(RuleTable other) {
    return backend == other.backend && family == other.family && name.equals(other.name);
  }
}
