package io.packetwalk.walk.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Single conditions, and what the walk makes of them beside what the kernel made of them.
 *
 * <p>The table is {@code matches.txt}, whose first lines tell how it is written. {@code
 * -Dmatches.update=true} writes what the walk says into it.
 */
class MatchTableTest {
  private static final Path TABLE =
      Path.of("src", "test", "resources", "io", "packetwalk", "walk", "netfilter", "matches.txt");

  @Test
  void conditions_are_decided_as_the_kernel_decides_them() throws IOException {
    List<String> lines = Files.readAllLines(TABLE);
    String sets =
        lines.stream()
            .filter(line -> line.startsWith("ipset "))
            .map(line -> line.substring(6))
            .collect(Collectors.joining("\n"));
    List<String> written = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (String line : lines) {
      if (!line.contains(" | ") || line.startsWith("#")) {
        written.add(line);
        continue;
      }
      ConditionCase asked = ConditionCase.of(line);
      String said = asked.walked(sets);
      written.add(asked.with(said));
      if (!said.equals(asked.walk())) {
        wrong.add(line + "\n  but the walk says " + said);
      }
      if (asked.contradicts(said)) {
        wrong.add(line + "\n  but the walk is sure that it " + said);
      }
    }
    if (Boolean.getBoolean("matches.update")) {
      Files.write(TABLE, written);
    }
    assertThat(wrong).isEmpty();
  }

  /** A verdict that no rule gave would be taken for one of the condition. */
  @Test
  void a_rule_without_a_condition_fits_and_a_later_one_is_not_asked() {
    ConditionCase all = ConditionCase.of("ip FORWARD | udp | -p all | fits | fits");
    assertThat(all.passages("create ips hash:ip"))
        .extracting(passage -> passage.ending().map(Passage.Ending::verdict))
        .containsExactly(java.util.Optional.of(Verdict.DROPPED));
  }
}
