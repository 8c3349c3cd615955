package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Inventory.CommandSeen;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.wire.IpFamily;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two transcripts of {@code ../shared/data/transcripts}. */
class SharedTranscriptsTest {
  private static Snapshot calico() throws IOException {
    return StateReader.read(StateLoader.load(SharedData.path("transcripts/calico-ipip")));
  }

  private static Snapshot antrea() throws IOException {
    return StateReader.read(StateLoader.load(SharedData.path("transcripts/antrea-same-node")));
  }

  private static List<CommandSeen> of(Snapshot snapshot, String name) {
    return snapshot.inventory().commands().stream()
        .filter(command -> command.name().equals(name))
        .toList();
  }

  @Test
  void every_command_of_the_calico_session_is_found_at_its_place() throws IOException {
    Snapshot snapshot = calico();
    assertThat(snapshot.inventory().commands()).hasSize(47);
    assertThat(of(snapshot, "ip address"))
        .extracting(CommandSeen::place)
        .containsExactly(
            "calico-node-18121",
            "calico-node-18122",
            "calico-node-18121",
            "pod/test/busybox0-4ldqp",
            "calico-node-18122",
            "pod/test/busybox0-c4bl8");
    assertThat(of(snapshot, "ip route")).allMatch(command -> command.unreadLines() == 0);
  }

  @Test
  void the_calico_nodes_have_what_was_pasted_of_them() throws IOException {
    Snapshot snapshot = calico();
    NamespaceId first = NamespaceId.host("calico-node-18121");
    assertThat(snapshot.nodes()).contains("calico-node-18121", "calico-node-18122");
    assertThat(snapshot.namespace(first).links().devices().entries())
        .extracting(Device::name)
        .contains("tunl0", "cali4e7dc5a6ea0");
    assertThat(snapshot.namespace(first).links().device("tunl0").orElseThrow().kind())
        .isInstanceOf(DeviceKind.IpTunnel.class);
    assertThat(snapshot.namespace(first).links().devices().isComplete()).isFalse();
    assertThat(
            snapshot
                .namespace(first)
                .routing()
                .tables()
                .table(IpFamily.IPV4, RouteTables.MAIN)
                .entries())
        .isNotEmpty();
  }

  @Test
  void the_calico_pods_are_on_their_nodes() throws IOException {
    Snapshot snapshot = calico();
    assertThat(snapshot.podNamespaces().values())
        .contains(
            new NamespaceId("calico-node-18121", "pod:test/busybox0-4ldqp"),
            new NamespaceId("calico-node-18122", "pod:test/busybox0-c4bl8"));
  }

  @Test
  void headings_between_the_outputs_are_notes() throws IOException {
    assertThat(calico().inventory().unread())
        .filteredOn(UnreadLine::note)
        .extracting(line -> line.source().text().strip())
        .contains("Calico Networking Walkthrough:", "Disable IP-IP Mode:", "Create 2 pods:");
  }

  @Test
  void the_antrea_nodes_and_commands_are_found() throws IOException {
    Snapshot snapshot = antrea();
    assertThat(snapshot.nodes()).contains("worker1", "worker2");
    assertThat(of(snapshot, "ip route")).hasSize(2);
    assertThat(snapshot.namespace(NamespaceId.host("worker1")).links().devices().entries())
        .extracting(Device::name)
        .contains("antrea-gw0", "genev_sys_6081", "backend1-bab86f", "frontend-a3ba2f");
  }

  @Test
  void a_remark_behind_a_route_is_a_note_and_the_route_is_read() throws IOException {
    Snapshot snapshot = antrea();
    assertThat(
            snapshot
                .namespace(NamespaceId.host("worker2"))
                .routing()
                .tables()
                .table(IpFamily.IPV4, RouteTables.MAIN)
                .entries())
        .hasSize(6);
    assertThat(snapshot.inventory().unread())
        .filteredOn(UnreadLine::note)
        .extracting(line -> line.source().text())
        .anyMatch(text -> text.startsWith("Pod subnet of the Worker 1 node"));
  }
}
