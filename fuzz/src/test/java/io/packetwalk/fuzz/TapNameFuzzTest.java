package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.capture.tap.KernelDrop;
import io.packetwalk.capture.tap.TapLog;
import io.packetwalk.capture.tap.TapName;
import java.util.List;

/** Names of capture points, and what tcpdump and the kernel said beside them, in any text. */
class TapNameFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_name_keeps_its_meaning_when_it_is_written_and_read_again(byte[] input) {
    String text = InputText.of(input);
    TapName.parse(text)
        .ifPresent(name -> assertThat(TapName.parse(name.toString())).contains(name));
    TapName.ofPath(List.of(text.split("/", -1)))
        .ifPresent(name -> assertThat(TapName.parse(name.toString())).contains(name));
    TapLog.of(text).lost().ifPresent(lost -> assertThat(lost).isNotNegative());
    KernelDrop.parse("node", text)
        .ifPresent(drop -> assertThat(KernelDrop.parse("node", drop.line())).contains(drop));
  }
}
