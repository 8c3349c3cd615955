package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.SetReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sets and maps that a table's rules may look into. */
final class Sets {
  private final RuleTable table;
  private final Map<String, ElementSet> ipSets;
  private final boolean ipSetsKnown;

  private Sets(RuleTable table, Map<String, ElementSet> ipSets, boolean ipSetsKnown) {
    this.table = table;
    this.ipSets = ipSets;
    this.ipSetsKnown = ipSetsKnown;
  }

  static Sets of(RuleTable table, Listing<ElementSet> listed) {
    Map<String, ElementSet> byName = new LinkedHashMap<>();
    listed.entries().forEach(set -> byName.put(set.name(), set));
    return new Sets(table, byName, !listed.isUnknown());
  }

  Optional<ElementSet> find(SetReference reference) {
    return switch (reference) {
      case SetReference.Inline(ElementSet set) -> Optional.of(set);
      case SetReference.OfTable(String name) -> Optional.ofNullable(table.sets().get(name));
      case SetReference.IpSet(String name, boolean exceptions) ->
          Optional.ofNullable(ipSets.get(name));
    };
  }

  /** How to say that a set isn't there. */
  String missing(SetReference reference) {
    return switch (reference) {
      case SetReference.Inline inline -> "the set in the rule";
      case SetReference.OfTable(String name) -> "the elements of the set " + name;
      case SetReference.IpSet(String name, boolean exceptions) ->
          "the elements of the set " + name + (ipSetsKnown ? "" : " (ipset save shows them)");
    };
  }
}
