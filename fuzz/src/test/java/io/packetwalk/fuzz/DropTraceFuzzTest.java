package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.capture.tap.DropTrace;
import io.packetwalk.capture.tap.KernelDrop;

/** A kernel's trace of what it threw away, in any text. */
class DropTraceFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_drop_of_any_trace_keeps_its_meaning_when_it_is_written_and_read_again(byte[] input) {
    DropTrace trace = new DropTrace("node");
    for (String line : InputText.of(input).lines().toList()) {
      trace.take(line).ifPresent(DropTraceFuzzTest::survives);
    }
  }

  private static void survives(KernelDrop drop) {
    assertThat(drop.device()).isNotBlank();
    assertThat(KernelDrop.parse("node", drop.line())).contains(drop);
  }
}
