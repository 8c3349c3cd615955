package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recorded cluster as it would be shown if Open vSwitch carried its packets itself. */
final class UserSpaceSwitchTest {
  private static final Path LAB = RecordedLabs.switched().getFirst();

  private static Snapshot told(String shown) throws IOException {
    List<StateFile> files = new ArrayList<>();
    int number = 0;
    for (Recorded run : Recorded.in(LAB.resolve("state"))) {
      files.add(new StateFile(number++ + "-" + run.machine() + ".txt", run.prompted()));
    }
    for (String node : List.of("worker1", "worker2")) {
      files.add(new StateFile(node + ".txt", "root@" + node + ":~# " + shown));
    }
    return StateReader.read(new StateFiles(files, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ovs-vsctl show\n    Bridge br-int\n        datapath_type: netdev\n",
        "ovs-vsctl list bridge\nname           : br-int\ndatapath_type  : netdev\n",
        "ovs-vsctl --columns=name,datapath_type -f csv list bridge\n"
            + "name,datapath_type\n"
            + "br-int,netdev\n",
        "ovs-appctl dpif/show\n"
            + "netdev@ovs-netdev: hit:5 missed:1\n"
            + "  br-int:\n"
            + "    antrea-gw0 2/3: (tap)\n",
      })
  void who_carries_the_packets_is_read(String shown) throws IOException {
    assertThat(told(shown).namespaces().values())
        .flatExtracting(namespace -> namespace.openVswitch().switches())
        .hasSize(2)
        .allMatch(Switch::isUserSpace);
  }

  @Test
  void what_goes_through_its_own_tunnels_is_undetermined_and_nothing_else() throws IOException {
    Snapshot kernel = told("date\n");
    Snapshot own =
        told("ovs-vsctl list bridge\nname           : br-int\ndatapath_type  : netdev\n");
    int tunnelled = 0;
    for (Truth.Probe probe : Truth.read(LAB.resolve("truth.json")).probes()) {
      Walk expected = new Walker(kernel).walk(TruthReport.question(kernel, probe));
      Walk walk = new Walker(own).walk(TruthReport.question(own, probe));
      if (walk.verdict() == expected.verdict()) {
        continue;
      }
      tunnelled++;
      assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
      assertThat(walk.forward().branches())
          .anyMatch(branch -> branch.reason().contains("datapath_type: netdev"));
    }
    assertThat(tunnelled).isPositive();
  }

  /** Its ports have no master, and their own stacks don't answer for who is behind the switch. */
  @Test
  void a_question_for_a_neighbour_goes_on_behind_a_port() throws IOException {
    List<StateFile> files = new ArrayList<>();
    for (Recorded run : Recorded.in(LAB.resolve("state"))) {
      String text = run.prompted();
      if (!text.contains("fdb/show") && !text.contains("ip neigh")) {
        String port =
            text.replace(" master ovs-system", "")
                .replaceAll("(conf\\.(?!antrea)\\w+-[^.]+\\.arp_ignore = )0", "$18");
        files.add(new StateFile(files.size() + "-" + run.machine() + ".txt", port));
      }
    }
    files.add(
        new StateFile(
            "worker1.txt",
            "root@worker1:~# ovs-vsctl list bridge\n"
                + "name           : br-int\n"
                + "datapath_type  : netdev\n"));
    Snapshot state = StateReader.read(new StateFiles(files, List.of()));
    int walked = 0;
    for (Truth.Probe probe : Truth.read(LAB.resolve("truth.json")).probes()) {
      Walk walk = new Walker(state).walk(TruthReport.question(state, probe));
      walked++;
      assertThat(walk.forward().branches())
          .noneMatch(branch -> branch.reason().contains("nobody on eth0"));
    }
    assertThat(walked).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ovs-vsctl get Open_vSwitch . other_config\n"
            + "{flow-restore-wait=\"WAIT\", vlan-limit=\"0\"}\n",
        "ovs-vsctl get open . other_config:flow-restore-wait\n\"WAIT\"\n",
        "ovs-vsctl list open_vswitch\n_uuid        : 8d3c\n"
            + "other_config : {flow-restore-wait=\"WAIT\"}\n",
      })
  void a_switch_that_waits_for_its_flows_decides_nothing(String shown) throws IOException {
    Snapshot restored = told(shown.replace("WAIT", "false"));
    Snapshot waiting = told(shown.replace("WAIT", "true"));
    int changed = 0;
    for (Truth.Probe probe : Truth.read(LAB.resolve("truth.json")).probes()) {
      Walk expected = new Walker(restored).walk(TruthReport.question(restored, probe));
      Walk walk = new Walker(waiting).walk(TruthReport.question(waiting, probe));
      changed += walk.verdict() == expected.verdict() ? 0 : 1;
      assertThat(walk.verdict()).isIn(expected.verdict(), Verdict.UNDETERMINED);
    }
    assertThat(changed).isPositive();
  }
}
