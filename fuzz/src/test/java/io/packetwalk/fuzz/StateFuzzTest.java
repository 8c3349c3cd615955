package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;

/** A state of any single file makes a snapshot, through whichever readers its commands call for. */
class StateFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_state_of_any_text_makes_a_snapshot(byte[] input) {
    Snapshot snapshot = StateReader.read(StateFiles.of("state.txt", InputText.of(input)));
    assertThat(snapshot.inventory().files()).containsExactly("state.txt");
  }
}
