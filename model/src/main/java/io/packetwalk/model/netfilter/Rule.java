package io.packetwalk.model.netfilter;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a packet is compared with, and what happens to one that fits.
 *
 * @param parts from left to right; a packet that a {@link Match} doesn't fit leaves the rule there
 * @param comments those that the rule's author wrote, in order
 */
public record Rule(
    List<RulePart> parts, List<String> comments, Optional<Counter> counter, Source source) {
  public Rule {
    parts = List.copyOf(parts);
    comments = List.copyOf(comments);
  }

  /** The rule's comments as one text; empty when there are none. */
  public String comment() {
    return comments.stream().collect(Collectors.joining("; "));
  }
}
