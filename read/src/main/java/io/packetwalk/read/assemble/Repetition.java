package io.packetwalk.read.assemble;

import io.packetwalk.model.Source;
import java.util.List;
import java.util.Optional;

/** The same command given again in one file: what is new in its output came up in between. */
final class Repetition {
  private Repetition() {}

  /** The last of these command lines that gave the same command as this one, before it. */
  static Optional<Source> earlier(List<Source> seen, Source now) {
    return seen.reversed().stream()
        .filter(before -> now.isAfter(before))
        .filter(before -> before.text().strip().equals(now.text().strip()))
        .findFirst();
  }
}
