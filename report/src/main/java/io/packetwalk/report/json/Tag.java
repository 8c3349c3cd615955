package io.packetwalk.report.json;

import io.packetwalk.walk.Verdict;
import java.util.Optional;

/**
 * What came along with a question and goes back with its answer.
 *
 * @param id the asker's own name for the question
 * @param isNumber whether the name is to be written as a number
 * @param expect the verdict that the asker expects
 */
public record Tag(Optional<String> id, boolean isNumber, Optional<Verdict> expect) {
  public static final Tag NONE = new Tag(Optional.empty(), false, Optional.empty());
}
