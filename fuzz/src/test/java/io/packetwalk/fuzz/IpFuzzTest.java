package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.util.List;

/**
 * Any output behind every listing of {@code ip} makes a snapshot, and each line is accounted for.
 */
class IpFuzzTest {
  private static final List<String> COMMANDS =
      List.of(
          "ip -d addr",
          "ip -br addr",
          "ip -o addr",
          "ip -j -d addr",
          "ip route show table all",
          "ip -j route",
          "ip rule",
          "ip -j rule",
          "ip neigh",
          "ip -j neigh",
          "ip netns",
          "ip maddr",
          "ip mroute",
          "ip -6 mroute");

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void any_output_of_ip_makes_a_snapshot(byte[] input) {
    String output = InputText.of(input);
    for (String command : COMMANDS) {
      Snapshot snapshot =
          StateReader.read(StateFiles.of("n1.txt", "root@n1:~# " + command + "\n" + output));
      assertThat(snapshot.inventory().commands()).isNotEmpty();
    }
  }
}
