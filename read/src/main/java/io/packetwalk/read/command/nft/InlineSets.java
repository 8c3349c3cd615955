package io.packetwalk.read.command.nft;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.SetReference;
import io.packetwalk.model.netfilter.Span;
import java.util.List;

/** Sets that stand in a rule. */
final class InlineSets {
  private InlineSets() {}

  static SetReference of(List<List<Span>> keys, Source source) {
    List<Element> elements =
        keys.stream().map(key -> Element.of(key.toArray(new Span[0]))).toList();
    return new SetReference.Inline(
        ElementSet.of("in the rule", "anonymous", List.of(), Coverage.COMPLETE, elements, source));
  }
}
