package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of nftables in a state, and what a walk makes of them. */
final class NftablesRulesTest {
  private static final String HOST =
      OneHost.TABLES
          + """
          root@w1:~# nft list ruleset
          """;

  @Test
  void a_rule_of_nftables_decides_and_is_the_evidence(@TempDir Path folder) throws Exception {
    Walk walk =
        walk(
            folder,
            """
            table inet guard {
            	chain out {
            		type filter hook output priority filter; policy accept;
            		ip daddr 192.0.2.1 drop
            	}
            }
            """);
    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(walk.forward().branches().getFirst().reason()).isEqualTo("inet guard out: dropped");
  }

  @Test
  void an_empty_ruleset_is_known_to_let_everything_pass(@TempDir Path folder) throws Exception {
    assertThat(walk(folder, "").verdict()).isEqualTo(Verdict.DELIVERED);
  }

  private static Walk walk(Path folder, String rules) throws Exception {
    Path file = folder.resolve("w1.txt");
    Files.writeString(file, HOST + rules + "root@w1:~#\n");
    StateFiles files = StateLoader.load(file);
    Snapshot snapshot = StateReader.read(files);
    Probe probe = new Probe.UdpDatagram(40000, 53, 10);
    return Walker.walk(
        snapshot,
        new Question(
            new Origin.Inside(NamespaceId.host("w1")),
            IpAddress.of("192.0.2.1"),
            Optional.empty(),
            probe,
            64));
  }
}
