package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.Optional;

/**
 * A named list of rules.
 *
 * @param base where it hangs; empty for a chain that only other chains lead to
 * @param index the rules by the destination address that they test
 */
public record Chain(
    String name, Optional<BaseHook> base, List<Rule> rules, Source source, RuleIndex index) {
  public Chain {
    rules = List.copyOf(rules);
  }

  public static Chain of(String name, Optional<BaseHook> base, List<Rule> rules, Source source) {
    return new Chain(name, base, rules, source, RuleIndex.of(rules));
  }
}
