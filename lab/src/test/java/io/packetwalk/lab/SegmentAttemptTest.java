package io.packetwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SegmentAttemptTest {
  private static final SegmentAttempt FIRST = new SegmentAttempt(1000, OptionalLong.empty());
  private static final SegmentAttempt AGAIN = new SegmentAttempt(2024, OptionalLong.empty());
  private static final SegmentAttempt ANSWER = new SegmentAttempt(1000, OptionalLong.of(7));
  private static final SegmentAttempt ANSWER_AGAIN = new SegmentAttempt(1000, OptionalLong.of(9));
  private static final SegmentAttempt LATE = new SegmentAttempt(2024, OptionalLong.of(8));

  @Test
  void timestamps_are_found_behind_other_options() {
    byte[] syn =
        HexFormat.of()
            .parseHex(
                "a0281f900000000000000000a002faf000000000"
                    + "020405b40402080a000003e80000000001030307");
    assertThat(SegmentAttempt.of(syn, 0, false)).contains(FIRST);
  }

  @Test
  void a_second_segment_repeats_the_timestamp_that_it_answers() {
    byte[] segment =
        HexFormat.of()
            .parseHex("1f90a0280000000000000000801200000000000001" + "01080a00000007000003e8");
    segment[12] = (byte) 0x80;
    assertThat(SegmentAttempt.of(segment, 0, true)).contains(ANSWER);
  }

  @Test
  void cut_options_have_no_timestamps() {
    byte[] syn = HexFormat.of().parseHex("a0281f900000000000000000a002faf000000000" + "080a0000");
    assertThat(SegmentAttempt.of(syn, 0, false)).isEmpty();
  }

  @Test
  void only_the_first_attempt_and_its_first_answer_are_kept() {
    assertThat(
            SegmentAttempt.first(
                List.of(FIRST, AGAIN, LATE, FIRST, ANSWER, ANSWER_AGAIN, ANSWER), Optional::of))
        .containsExactly(FIRST, FIRST, ANSWER, ANSWER);
  }

  @Test
  void frames_without_timestamps_are_kept() {
    assertThat(SegmentAttempt.first(List.of("a", "b"), _ -> Optional.empty()))
        .containsExactly("a", "b");
  }
}
