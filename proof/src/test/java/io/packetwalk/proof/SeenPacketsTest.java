package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.walk.seen.Bearing;
import io.packetwalk.walk.seen.Seen;
import io.packetwalk.walk.seen.SeenPackets;
import io.packetwalk.wire.IpAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a session saw of a packet, beside what its tables predict. */
final class SeenPacketsTest {
  private static final String TABLES =
      """
      root@n1:~# ip -d addr
      1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
          link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0
          inet 127.0.0.1/8 scope host lo
      root@n1:~# iptables-save
      root@n1:~# nft list ruleset
      root@n1:~# ip rule
      0:	from all lookup local
      32766:	from all lookup main
      32767:	from all lookup default
      root@n1:~# ip route show table all
      local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1
      """;

  @Test
  void a_ping_that_failed_contradicts_a_delivery() {
    assertThat(bearings("4 packets transmitted, 0 received, 100% packet loss, time 3051ms"))
        .containsExactly(Bearing.CONTRADICTS);
  }

  @Test
  void the_last_ping_counts() {
    assertThat(
            bearings(
                "4 packets transmitted, 0 received, 100% packet loss, time 3051ms",
                "1 packets transmitted, 1 received, 0% packet loss, time 0ms"))
        .containsExactly(Bearing.AGREES);
  }

  @Test
  void a_ping_of_another_address_tells_nothing() {
    Snapshot snapshot =
        read("ping 127.0.0.2", "1 packets transmitted, 0 received, 100% packet loss");
    assertThat(seen(snapshot)).isEmpty();
  }

  private static List<Bearing> bearings(String... statistics) {
    return seen(read("ping -c 4 127.0.0.1", statistics)).stream().map(Seen::bearing).toList();
  }

  private static List<Seen> seen(Snapshot snapshot) {
    Origin from = new Origin.Inside(snapshot.namespaces().keySet().iterator().next());
    Probe probe = new Probe.IcmpMessage(8, 0, 1, 1, 56);
    Question question = new Question(from, IpAddress.of("127.0.0.1"), Optional.empty(), probe, 64);
    return SeenPackets.of(snapshot, Walker.walk(snapshot, question));
  }

  private static Snapshot read(String command, String... statistics) {
    StringBuilder session = new StringBuilder(TABLES);
    for (String line : statistics) {
      session.append("root@n1:~# ").append(command).append('\n').append(line).append('\n');
    }
    return StateReader.read(StateFiles.of("n1.txt", session.toString()));
  }
}
