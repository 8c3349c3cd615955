package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of chains.
 *
 * @param chains by name, in the order in which they were listed
 * @param sets nftables' own sets and maps, by name
 * @param baseChains those of the chains that hang at hooks
 */
public record RuleTable(
    Backend backend,
    TableFamily family,
    String name,
    Map<String, Chain> chains,
    Map<String, ElementSet> sets,
    Source source,
    List<Chain> baseChains) {
  public RuleTable {
    chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
    baseChains = List.copyOf(baseChains);
  }

  public RuleTable(
      Backend backend,
      TableFamily family,
      String name,
      Map<String, Chain> chains,
      Map<String, ElementSet> sets,
      Source source) {
    this(
        backend,
        family,
        name,
        chains,
        sets,
        source,
        chains.values().stream().filter(chain -> chain.base().isPresent()).toList());
  }

  /** With those chains and sets of another listing of it that this one doesn't show. */
  RuleTable with(RuleTable other) {
    Map<String, Chain> moreChains = new LinkedHashMap<>(chains);
    other.chains.forEach(moreChains::putIfAbsent);
    Map<String, ElementSet> moreSets = new LinkedHashMap<>(sets);
    other.sets.forEach(moreSets::putIfAbsent);
    return new RuleTable(backend, family, name, moreChains, moreSets, source);
  }

  /** Whether it is the same table of the kernel, listed another time. */
  public boolean isSameAs(RuleTable other) {
    return backend == other.backend && family == other.family && name.equals(other.name);
  }
}
