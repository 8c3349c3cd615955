package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.read.transcript.CommandRun;

/** Commands that print tables, with any output: every line is read or reported, once. */
class TableCommandsFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_reader_reports_no_more_lines_than_there_are(byte[] input) {
    CommandRun run = CommandOfAnyText.run(InputText.of(input));
    assertThat(CommandOfAnyText.read(run)).isLessThanOrEqualTo(2 * run.output().size() + 1);
  }
}
