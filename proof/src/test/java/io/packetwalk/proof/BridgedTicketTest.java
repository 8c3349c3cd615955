package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.walk.topology.PodNamespaces;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Icmp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tickets about pods on bridges, of which only the nodes' tables were pasted. */
final class BridgedTicketTest {
  private static final String TICKETS = "src/test/resources/tickets";
  private static final ObjectName FIRST = new ObjectName("default", "web-7c9f8d6b54-x2k4p");

  @Test
  void a_pod_that_nobody_looked_into_is_behind_a_port_of_the_bridge_in_its_subnet()
      throws Exception {
    Walk walk = ping("flannel-pods-nobody-looked-into.md", "10.42.1.3");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(devices(walk.forward().branches().getFirst()))
        .containsExactly(
            "eth0",
            "veth12ab34cd",
            "cni0",
            "flannel.1",
            "flannel.1",
            "cni0",
            "vethaaab34cd",
            "eth0");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void that_its_port_isnt_shown_is_said_with_the_command_that_shows_it() throws Exception {
    Walk walk = ping("flannel-pods-nobody-looked-into.md", "10.42.1.3");

    assertThat(walk.assumptions())
        .extracting(Assumption::text)
        .anyMatch(text -> text.contains("the walk takes veth12ab34cd, one of 2"))
        .anyMatch(text -> text.startsWith("vethaaab34cd of node-2:host leads to "));
    assertThat(walk.assumptions())
        .extracting(Assumption::command)
        .anyMatch(command -> command.contains("bridge fdb show br cni0"));
  }

  @Test
  void the_neighbour_table_and_the_bridges_database_together_show_the_port() throws Exception {
    String shown =
        """
        ```
        [root@node-1 ~]# ip neigh
        10.42.0.8 dev cni0 lladdr 02:00:00:00:00:08 REACHABLE
        [root@node-1 ~]# bridge fdb show br cni0
        02:00:00:00:00:08 dev veth99ab34cd master cni0
        ```
        """;
    String ticket = Files.readString(Path.of(TICKETS, "flannel-pods-nobody-looked-into.md"));
    Walk walk = ping(StateFiles.of("ticket.md", ticket + shown), "10.42.1.3");

    assertThat(devices(walk.forward().branches().getFirst()))
        .startsWith("eth0", "veth99ab34cd", "cni0");
    assertThat(walk.assumptions())
        .extracting(Assumption::text)
        .noneMatch(text -> text.startsWith("which port of cni0 of node-1:host"));
  }

  @Test
  void ports_that_treat_frames_differently_leave_it_open() throws Exception {
    String shown =
        """
        ```
        [root@node-1 ~]# bridge -d link
        8: veth12ab34cd@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master cni0 state forwarding priority 32 cost 2
            hairpin on isolated on
        9: veth99ab34cd@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 master cni0 state forwarding priority 32 cost 2
            hairpin on isolated off
        ```
        """;
    String ticket = Files.readString(Path.of(TICKETS, "flannel-pods-nobody-looked-into.md"));

    assertThat(ping(StateFiles.of("ticket.md", ticket + shown), "10.42.1.3").verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void a_tunnel_whose_own_database_was_listed_without_the_address_drops_the_frame()
      throws Exception {
    Walk walk = ping("flannel-missing-fdb-entry.md", "10.42.1.3");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    Step last = walk.forward().branches().getFirst().steps().getLast();
    assertThat(last.decision()).contains("the fdb has no entry for 56:ad:6b:10:20:30");
    assertThat(last.evidence().getFirst().text()).contains("bridge fdb show dev flannel.1");
  }

  @Test
  void a_device_that_wasnt_listed_leads_to_the_pods_of_its_subnet() throws Exception {
    Walk walk = ping("flannel-missing-fdb-entry.md", "10.42.0.1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.assumptions())
        .extracting(Assumption::text)
        .anyMatch(text -> text.startsWith("cni0 of node-1:host leads to "));
  }

  private static Walk ping(String ticket, String to) throws Exception {
    return ping(StateLoader.load(Path.of(TICKETS, ticket)), to);
  }

  private static Walk ping(StateFiles files, String to) {
    Snapshot snapshot = StateReader.read(files);
    Origin from =
        new Origin.Inside(PodNamespaces.of(snapshot, FIRST, Optional.of("node-1")).orElseThrow());
    Probe probe = new Probe.IcmpMessage(Icmp.ECHO_REQUEST, 0, 1, 0, 56);
    return Walker.walk(snapshot, new Question(from, IpAddress.of(to), Optional.empty(), probe, 64));
  }

  private static List<String> devices(Branch branch) {
    return branch.steps().stream()
        .filter(step -> step.stage() == Stage.EGRESS || step.stage() == Stage.INGRESS)
        .map(Step::device)
        .toList();
  }
}
