package io.packetwalk.explain;

import io.packetwalk.model.Source;
import java.util.List;

/**
 * What probably went wrong with a packet.
 *
 * @param certain whether nothing else fits what was seen
 * @param cause one sentence without a full stop
 * @param evidence what shows it, in words, the most important first
 * @param sources lines of the state that bear on it
 * @param remedy what would mend it or settle it: a sentence or a command; may be empty
 */
public record Finding(
    boolean certain, String cause, List<String> evidence, List<Source> sources, String remedy) {
  public Finding {
    evidence = List.copyOf(evidence);
    sources = List.copyOf(sources);
  }
}
