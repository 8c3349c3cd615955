package io.packetwalk.proof.openflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.util.List;

/** A switch as its own dumps show it. */
final class Dumped {
  private Dumped() {}

  /** In either dialect. */
  static OpenVswitch of(DummySwitch oracle, boolean newest)
      throws IOException, InterruptedException {
    StringBuilder session = new StringBuilder();
    String[] dump =
        newest
            ? new String[] {"ovs-ofctl", "-O", "OpenFlow15", "dump-flows", "br0"}
            : new String[] {
              "ovs-ofctl", "-O", "OpenFlow14", "dump-flows", "br0", "--no-stats", "--names"
            };
    for (String[] command :
        List.of(
            new String[] {"ovs-ofctl", "-O", "OpenFlow15", "show", "br0"},
            new String[] {"ovs-ofctl", "-O", "OpenFlow15", "dump-groups", "br0"},
            dump)) {
      session.append("root@n1:~# ").append(String.join(" ", command)).append('\n');
      session.append(oracle.run(command));
    }
    session.append("root@n1:~# ovs-ofctl dump-ports-desc br0\n");
    session.append(oracle.run("ovs-ofctl", "dump-ports-desc", "br0"));
    session.append("root@n1:~# ovs-appctl fdb/show br0\n").append(oracle.appctl("fdb/show", "br0"));
    Snapshot snapshot = StateReader.read(StateFiles.of("session.txt", session.toString()));
    assertThat(snapshot.inventory().unread()).isEmpty();
    return snapshot.namespace(NamespaceId.host("n1")).openVswitch();
  }
}
