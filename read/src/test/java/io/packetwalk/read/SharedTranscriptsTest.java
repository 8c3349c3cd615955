package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Inventory.CommandSeen;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.model.cluster.ObjectName;
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

  @Test
  void the_antrea_pods_are_on_their_nodes_with_their_ports() throws IOException {
    Snapshot snapshot = antrea();
    assertThat(snapshot.nodes()).containsExactly("master", "worker1", "worker2");
    assertThat(snapshot.cluster().pods().entries())
        .filteredOn(pod -> pod.name().namespace().equals("default"))
        .extracting(pod -> pod.name().name() + " " + pod.addresses() + " " + pod.node().orElse(""))
        .containsExactlyInAnyOrder(
            "backend1 [10.222.1.47] worker1",
            "backend2 [10.222.2.34] worker2",
            "frontend [10.222.1.48] worker1");
    assertThat(snapshot.podNamespaces())
        .containsEntry(
            new ObjectName("kube-system", "antrea-agent-f76q2"), NamespaceId.host("worker1"))
        .containsEntry(
            new ObjectName("kube-system", "antrea-agent-fv5x9"), NamespaceId.host("worker2"))
        .containsEntry(
            new ObjectName("default", "frontend"),
            new NamespaceId("worker1", "pod:default/frontend"));
    assertThat(snapshot.cluster().service(new ObjectName("default", "backendsvc")))
        .hasValueSatisfying(
            service -> assertThat(service.selector()).containsEntry("role", "backend"));
    assertThat(snapshot.cluster().pod(new ObjectName("default", "backend1")))
        .hasValueSatisfying(pod ->
            assertThat(pod.labels()).as("from the manifest").containsEntry("role", "backend"));
    assertThat(snapshot.namespace(NamespaceId.host("worker1")).links().switchPorts().entries())
        .extracting(port -> port.device() + " " + port.number().orElse(-1))
        .containsExactlyInAnyOrder(
            "antrea-tun0 1",
            "antrea-gw0 2",
            "coredns--3e3abf 3",
            "antrea-o-830766 4",
            "backend1-bab86f 48",
            "frontend-a3ba2f 49");
  }

  @Test
  void the_calico_pool_is_as_it_was_at_each_moment() throws Exception {
    StateFiles files = StateLoader.load(SharedData.path("transcripts/calico-ipip"));
    Snapshot before = StateReader.read(files, AsOf.parse("calico.txt:289").orElseThrow());
    Snapshot after = StateReader.read(files);
    assertThat(before.cluster().ipPools().entries())
        .singleElement()
        .satisfies(pool -> assertThat(pool.ipipMode()).hasValue("Always"));
    assertThat(after.cluster().ipPools().entries())
        .singleElement()
        .satisfies(pool -> assertThat(pool.ipipMode()).hasValue("Never"));
    assertThat(before.cluster().formerPods())
        .extracting(former -> former.object().name().toString())
        .containsExactly("test/busybox0-c4bl8");
  }
}
