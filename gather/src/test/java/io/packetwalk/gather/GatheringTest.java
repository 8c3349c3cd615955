package io.packetwalk.gather;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.gap.Gap;
import io.packetwalk.walk.gap.Gaps;
import java.util.List;
import org.junit.jupiter.api.Test;

/** This machine's own namespace, asked with whatever tools it has. */
class GatheringTest {
  @Test
  void a_machine_that_was_gathered_shows_no_gaps_of_its_own() throws InterruptedException {
    Machine machine = Machine.at("here", Reach.local());
    Gathered gathered =
        new Gathering(Limits.GENEROUS, Progress.none()).of(machine, List.of(Room.own()));
    Snapshot snapshot =
        StateReader.read(
            new StateFiles(List.of(new StateFile(gathered.name(), gathered.text())), List.of()));
    assertThat(snapshot.nodes()).containsExactly("here");
    assertThat(Gaps.of(snapshot).stream().filter(GatheringTest::isOfTools).toList())
        .as("the program, and what wasn't installed: %s", gathered.missing())
        .isEmpty();
  }

  /** Other gaps are Kubernetes', which may not be here. */
  private static boolean isOfTools(Gap gap) {
    return gap.place().equals("here");
  }
}
