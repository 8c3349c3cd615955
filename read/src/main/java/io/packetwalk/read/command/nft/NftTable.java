package io.packetwalk.read.command.nft;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Backend;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.TableFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A table as its lines are read. */
final class NftTable {
  private final TableFamily family;
  private final String name;
  private final Source source;
  private final Map<String, OpenChain> chains = new LinkedHashMap<>();
  private final Map<String, SetBuilder> sets = new LinkedHashMap<>();

  /** A chain with the rules that were read so far. */
  static final class OpenChain {
    private final Source source;
    private final List<Rule> rules = new ArrayList<>();
    private Optional<BaseHook> base = Optional.empty();

    OpenChain(Source source) {
      this.source = source;
    }

    void hangAt(BaseHook hook) {
      base = Optional.of(hook);
    }

    void add(Rule rule) {
      rules.add(rule);
    }
  }

  NftTable(TableFamily family, String name, Source source) {
    this.family = family;
    this.name = name;
    this.source = source;
  }

  TableFamily family() {
    return family;
  }

  boolean is(TableFamily otherFamily, String otherName) {
    return family == otherFamily && name.equals(otherName);
  }

  OpenChain chain(String chain, Source at) {
    return chains.computeIfAbsent(chain, key -> new OpenChain(at));
  }

  SetBuilder set(String set, Source at) {
    return sets.computeIfAbsent(set, key -> new SetBuilder(key, at));
  }

  RuleTable build(boolean all) {
    Map<String, Chain> builtChains = new LinkedHashMap<>();
    chains.forEach((chain, open) ->
        builtChains.put(chain, Chain.of(chain, open.base, open.rules, open.source)));
    Map<String, ElementSet> builtSets = new LinkedHashMap<>();
    sets.forEach((set, builder) -> builtSets.put(set, builder.build(all)));
    return new RuleTable(Backend.NFTABLES, family, name, builtChains, builtSets, source);
  }
}
