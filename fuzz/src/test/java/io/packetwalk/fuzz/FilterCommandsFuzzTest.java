package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.read.transcript.CommandRun;

/**
 * Commands that print rules, sets, connections and virtual servers, with any output: nothing is
 * thrown, and a line is reported at most once.
 */
class FilterCommandsFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_line_of_the_packet_filter_costs_itself_at_most(byte[] input) {
    CommandRun run = CommandOfAnyText.run(InputText.of(input));
    assertThat(CommandOfAnyText.read(run)).isLessThanOrEqualTo(run.output().size());
  }
}
