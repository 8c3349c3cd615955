package io.packetwalk.report.json;

import io.packetwalk.walk.Verdict;
import java.util.Optional;

/**
 * What came along with a question and goes back with its answer.
 *
 * @param id the asker's own name for the question
 * @param expect the verdict that the asker expects
 */
public record Tag(Optional<String> id, Optional<Verdict> expect) {
  public static final Tag NONE = new Tag(Optional.empty(), Optional.empty());
}
