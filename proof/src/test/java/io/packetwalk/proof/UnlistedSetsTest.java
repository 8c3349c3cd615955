package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Rules that look into sets of which nobody listed the elements. */
final class UnlistedSetsTest {
  private static final String HOST =
      OneHost.TABLES
          + """
          root@w1:~# iptables-save -t filter
          *filter
          :INPUT ACCEPT [0:0]
          :FORWARD ACCEPT [0:0]
          :OUTPUT ACCEPT [0:0]
          :MARKED - [0:0]
          """;

  @Test
  void a_set_that_decides_is_missing_with_the_command_that_lists_it() {
    Walk walk = walk("-A OUTPUT -m set --match-set friends dst -j DROP\n");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.assumptions())
        .extracting(Assumption::command)
        .contains("on w1: ipset list friends");
  }

  @Test
  void a_set_that_changes_nothing_in_the_end_isnt_asked_for() {
    Walk walk =
        walk(
            """
            -A MARKED -j MARK --set-xmark 0x4000/0x4000
            -A OUTPUT -m set --match-set friends dst -j MARKED
            -A OUTPUT -p udp -j MARKED
            -A OUTPUT -m set --match-set friends dst -j ACCEPT
            """);

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.assumptions())
        .extracting(Assumption::command)
        .noneMatch(UnlistedSetsTest::asks);
  }

  @Test
  void a_mark_that_only_one_of_both_ways_leaves_is_a_difference() {
    Walk walk =
        walk(
            """
            -A OUTPUT -m set --match-set friends dst -j MARK --set-xmark 0x4000/0x4000
            """);

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void many_sets_cost_no_more_than_few() {
    StringBuilder text = new StringBuilder();
    for (int number = 0; number < 2_000; number++) {
      int bit = 1 << (number % 31);
      text.append(
          String.format(
              "-A OUTPUT -m set --match-set s%d dst -j MARK --set-xmark 0x%x/0x%x%n",
              number, bit, bit));
    }
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(walk(text.toString())).isNotNull());
  }

  private static boolean asks(String command) {
    return command.contains("ipset");
  }

  private static Walk walk(String rules) {
    Snapshot snapshot =
        StateReader.read(StateFiles.of("w1.txt", HOST + rules + "COMMIT\nroot@w1:~#\n"));
    return Walker.walk(
        snapshot,
        new Question(
            new Origin.Inside(NamespaceId.host("w1")),
            IpAddress.of("192.0.2.1"),
            Optional.empty(),
            new Probe.UdpDatagram(40000, 53, 10),
            64));
  }
}
