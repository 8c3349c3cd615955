package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Commands;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The sets and maps that a table's rules may look into. */
final class Sets {
  private final RuleTable table;
  private final Map<String, ElementSet> ipSets;
  private final NamespaceId place;

  private Sets(RuleTable table, Map<String, ElementSet> ipSets, NamespaceId place) {
    this.table = table;
    this.ipSets = ipSets;
    this.place = place;
  }

  static Sets of(RuleTable table, Listing<ElementSet> listed, NamespaceId place) {
    Map<String, ElementSet> byName = new LinkedHashMap<>();
    listed.entries().forEach(set -> byName.put(set.name(), set));
    return new Sets(table, byName, place);
  }

  Optional<ElementSet> find(SetReference reference) {
    return switch (reference) {
      case SetReference.Inline(ElementSet set) -> Optional.of(set);
      case SetReference.OfTable(String name) -> Optional.ofNullable(table.sets().get(name));
      case SetReference.IpSet(String name, boolean exceptions) ->
          Optional.ofNullable(ipSets.get(name));
    };
  }

  /** What rests on a set that isn't there. */
  Judgement notShown(SetReference reference) {
    return switch (reference) {
      case SetReference.Inline inline -> Judgement.unknown("the set in the rule");
      case SetReference.OfTable(String name) -> ofTable(name, "the elements of the set " + name);
      case SetReference.IpSet(String name, boolean exceptions) ->
          ipSet(name, "the elements of the set " + name);
    };
  }

  /** What rests on elements of a set that wasn't listed wholly. */
  Judgement notAllShown(String name) {
    String what = "the elements of the set " + name + " that weren't shown";
    return table.sets().containsKey(name) ? ofTable(name, what) : ipSet(name, what);
  }

  private Judgement ofTable(String name, String what) {
    String family = table.family().name().toLowerCase(Locale.ROOT);
    return unknown(what, "nft list set " + family + " " + table.name() + " " + name);
  }

  private Judgement ipSet(String name, String what) {
    return unknown(what, "ipset list " + name);
  }

  private Judgement unknown(String what, String command) {
    return Judgement.unknown(
        what,
        Optional.of(
            new Assumption(
                what + " of " + place + " aren't in the state", Commands.in(place, command))));
  }
}
