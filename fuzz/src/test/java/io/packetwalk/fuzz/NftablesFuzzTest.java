package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.read.transcript.CommandRun;

/** What {@code nft} lists, as text and as JSON, damaged in any way. */
class NftablesFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_listing_is_read_or_reported_line_by_line(byte[] input) {
    CommandRun run = CommandOfAnyText.run("nft list ruleset\n" + InputText.of(input));
    assertThat(CommandOfAnyText.read(run)).isLessThanOrEqualTo(2 * run.output().size() + 1);
  }
}
