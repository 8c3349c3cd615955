package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Backend;
import io.packetwalk.model.netfilter.BaseHook;
import io.packetwalk.model.netfilter.BaseHook.Policy;
import io.packetwalk.model.netfilter.Chain;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RuleTable;
import io.packetwalk.model.netfilter.TableFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of iptables' tables as its lines are read. */
final class TableBuilder {
  private final String name;
  private final Source source;
  private final Map<String, Declared> chains = new LinkedHashMap<>();

  /** A chain with the rules that were read so far. */
  private record Declared(Optional<BaseHook> base, Source source, List<Rule> rules) {}

  TableBuilder(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  boolean isEmpty() {
    return chains.isEmpty();
  }

  void declare(String chain, String policy, Source at) {
    Optional<BaseHook> base =
        policy.equals("-")
            ? Optional.empty()
            : BaseHooks.of(name, chain, policy.equals("DROP") ? Policy.DROP : Policy.ACCEPT);
    chains.putIfAbsent(chain, new Declared(base, at, new ArrayList<>()));
  }

  void add(String chain, Rule rule) {
    chains
        .computeIfAbsent(
            chain,
            missing ->
                new Declared(
                    BaseHooks.of(name, missing, Policy.ACCEPT), rule.source(), new ArrayList<>()))
        .rules()
        .add(rule);
  }

  boolean has(String chain) {
    return chains.containsKey(chain);
  }

  RuleTable build(Backend backend, TableFamily family) {
    Map<String, Chain> built = new LinkedHashMap<>();
    chains.forEach((chain, declared) ->
        built.put(chain, Chain.of(chain, declared.base(), declared.rules(), declared.source())));
    return new RuleTable(backend, family, name, built, Map.of(), source);
  }
}
