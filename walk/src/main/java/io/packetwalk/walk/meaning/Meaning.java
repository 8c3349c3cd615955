package io.packetwalk.walk.meaning;

import io.packetwalk.model.Source;
import java.util.List;

/**
 * What a rule stands for in its author's terms.
 *
 * @param text the end of a sentence, without a full stop
 * @param evidence the objects that it names, as far as the state shows them
 */
public record Meaning(String text, List<Source> evidence) {
  public Meaning {
    evidence = List.copyOf(evidence);
  }

  static Meaning of(String text) {
    return new Meaning(text, List.of());
  }
}
