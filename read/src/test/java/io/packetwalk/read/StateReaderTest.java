package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.FailedCommand;
import io.packetwalk.model.Inventory;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.RouteTables;
import io.packetwalk.read.AsOf.UnknownFile;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateReaderTest {
  private static final NamespaceId N1 = NamespaceId.host("n1");

  private static Snapshot read(String text) {
    return StateReader.read(StateFiles.of("session.txt", text));
  }

  private static List<String> mainRoutes(Snapshot snapshot, NamespaceId id) {
    return snapshot.namespace(id).routing().tables().table(IpFamily.IPV4, RouteTables.MAIN).stream()
        .map(route -> route.destination().toString())
        .toList();
  }

  @Test
  void a_later_output_of_the_same_command_replaces_the_earlier() {
    Snapshot snapshot =
        read("root@n1:~# ip r\n10.0.0.0/8 dev a\nroot@n1:~# ip r\n10.1.0.0/16 dev a\n");
    assertThat(mainRoutes(snapshot, N1)).containsExactly("10.1.0.0/16");
  }

  @Test
  void a_part_of_a_table_is_laid_over_what_was_known() {
    Snapshot snapshot =
        read("root@n1:~# ip r\n10.0.0.0/8 dev a\nroot@n1:~# ip r | grep 10.1\n10.1.0.0/16 dev a\n");
    assertThat(mainRoutes(snapshot, N1)).containsExactly("10.0.0.0/8", "10.1.0.0/16");
  }

  @Test
  void a_moment_ends_its_file_and_no_other() throws UnknownFile {
    StateFiles files =
        new StateFiles(
            List.of(
                new StateFiles.StateFile(
                    "a/n1.txt",
                    "root@n1:~# ip r\n10.0.0.0/8 dev a\nroot@n1:~# ip r\n10.1.0.0/16 dev a\n"),
                new StateFiles.StateFile(
                    "a/n2.txt", "root@n2:~# ip r\n\n\n\n\n10.2.0.0/16 dev a\n")),
            List.of());
    Snapshot snapshot = StateReader.read(files, AsOf.parse("n1.txt:2").orElseThrow());
    assertThat(mainRoutes(snapshot, N1)).containsExactly("10.0.0.0/8");
    assertThat(mainRoutes(snapshot, NamespaceId.host("n2"))).containsExactly("10.2.0.0/16");
  }

  @Test
  void a_line_alone_is_a_moment_of_a_state_with_one_file() throws UnknownFile {
    StateFiles files =
        StateFiles.of("x.txt", "root@n1:~# ip r\n10.0.0.0/8 dev a\n10.1.0.0/16 dev a\n");
    Snapshot snapshot = StateReader.read(files, AsOf.parse("2").orElseThrow());
    assertThat(mainRoutes(snapshot, N1)).containsExactly("10.0.0.0/8");
    assertThat(
            snapshot
                .namespace(N1)
                .routing()
                .tables()
                .table(IpFamily.IPV4, RouteTables.MAIN)
                .coverage())
        .isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void a_moment_in_no_file_of_the_state_says_which_files_there_are() {
    StateFiles files = StateFiles.of("x.txt", "");
    assertThatThrownBy(() -> StateReader.read(files, AsOf.parse("y.txt:2").orElseThrow()))
        .isInstanceOf(UnknownFile.class)
        .hasMessageContaining("y.txt")
        .hasMessageContaining("x.txt");
  }

  @Test
  void a_moment_is_a_file_and_a_line() {
    assertThat(AsOf.parse("a/b.txt:12")).hasValue(new AsOf("a/b.txt", 12));
    assertThat(AsOf.parse("12")).hasValue(new AsOf("", 12));
    assertThat(AsOf.parse("a:b")).isEmpty();
    assertThat(AsOf.parse(":3")).isEmpty();
    assertThat(AsOf.parse("a:0")).isEmpty();
    assertThat(AsOf.parse("a:99999999999")).isEmpty();
  }

  @Test
  void details_that_a_later_output_does_not_show_are_kept() {
    Device device =
        read("""
        root@n1:~# ip -d link show dev vx
        5: vx: <UP> mtu 1450 qdisc noqueue master br0 state UP
            link/ether 02:00:00:00:00:05 brd ff:ff:ff:ff:ff:ff
            vxlan id 7 dstport 4789
        root@n1:~# ip -br link show dev vx
        vx  DOWN 02:00:00:00:00:05 <BROADCAST>
        """)
            .namespace(N1)
            .links()
            .device("vx")
            .orElseThrow();
    assertThat(device.kind()).isInstanceOf(DeviceKind.Vxlan.class);
    assertThat(device.master()).hasValue("br0");
    assertThat(device.isUp()).hasValue(false);
  }

  @Test
  void a_device_that_has_left_its_bridge_has_no_master() {
    Device device =
        read("""
        root@n1:~# ip link
        5: v: <UP> mtu 1450 master br0 state UP
        root@n1:~# ip link
        5: v: <UP> mtu 1450 state UP
        """)
            .namespace(N1)
            .links()
            .device("v")
            .orElseThrow();
    assertThat(device.master()).isEmpty();
  }

  @Test
  void a_device_that_a_whole_listing_lacks_is_gone_with_its_addresses() {
    Snapshot snapshot =
        read(
            """
            root@n1:~# ip a
            1: lo: <LOOPBACK,UP> mtu 65536
                inet 127.0.0.1/8 scope host lo
            2: eth0: <UP> mtu 1500
                inet 10.0.0.1/24 scope global eth0
            root@n1:~# ip a
            1: lo: <LOOPBACK,UP> mtu 65536
                inet 127.0.0.1/8 scope host lo
            """);
    assertThat(snapshot.namespace(N1).links().device("eth0")).isEmpty();
    assertThat(snapshot.namespace(N1).links().addressesOf("eth0")).isEmpty();
    assertThat(snapshot.namespace(N1).links().devices().isComplete()).isTrue();
  }

  @Test
  void a_table_that_a_listing_of_all_tables_lacks_is_empty() {
    Snapshot snapshot =
        read(
            """
            root@n1:~# ip r s table 100
            default dev a
            root@n1:~# ip r s table all
            10.0.0.0/8 dev a
            """);
    RouteTables tables = snapshot.namespace(N1).routing().tables();
    assertThat(tables.table(IpFamily.IPV4, "100").isComplete()).isTrue();
    assertThat(tables.table(IpFamily.IPV4, "100").entries()).isEmpty();
    assertThat(tables.table(IpFamily.IPV4, "main").entries()).hasSize(1);
    assertThat(tables.table(IpFamily.IPV6, "main").isComplete()).isTrue();
  }

  @Test
  void a_namespace_is_its_own_place() {
    Snapshot snapshot =
        read("root@n1:~# ip netns exec blue ip r\n10.0.0.0/8 dev a\nroot@n1:~# ip r\n");
    assertThat(mainRoutes(snapshot, new NamespaceId("n1", "blue"))).containsExactly("10.0.0.0/8");
    assertThat(mainRoutes(snapshot, N1)).isEmpty();
  }

  @Test
  void a_machine_where_only_the_cluster_was_asked_is_no_node() {
    Snapshot snapshot = read("admin@bastion:~$ kubectl version\nv1\nroot@n1:~# iptables -L\n");
    assertThat(snapshot.nodes()).containsExactly("n1");
  }

  @Test
  void every_line_is_read_or_reported() {
    Inventory inventory =
        read("""
        A note
        root@n1:~# ip r
        default via 10.0.0.1 dev eth0 the way out
        rubbish!

        Now look at the neighbours:
        ---------------------------
        root@n1:~# frobnicate --all
        x1 y2
        root@n1:~# ip n
        bash: ip: command not found
        """)
            .inventory();
    assertThat(inventory.unread())
        .extracting(line -> line.source().line() + (line.note() ? " note" : ""))
        .containsExactlyInAnyOrder("1 note", "3 note", "4", "6 note", "7 note", "9");
    assertThat(inventory.failed()).extracting(failed -> failed.said().line()).containsExactly(11);
    assertThat(inventory.counts())
        .containsEntry("ip route", 1L)
        .containsEntry("frobnicate", 1L)
        .containsEntry("ip neigh", 1L);
    assertThat(inventory.commands())
        .filteredOn(command -> command.name().equals("ip route"))
        .singleElement()
        .satisfies(command -> {
          assertThat(command.understood()).isTrue();
          assertThat(command.readLines()).isEqualTo(1);
          assertThat(command.unreadLines()).isEqualTo(1);
        });
  }

  @Test
  void a_command_that_failed_says_nothing_about_its_table() {
    Snapshot snapshot = read("root@n1:~# ip n\nbash: ip: command not found\n");
    assertThat(snapshot.namespace(N1).routing().neighboursIpv4().isComplete()).isFalse();
    assertThat(snapshot.inventory().unread()).isEmpty();
    assertThat(snapshot.inventory().failed())
        .containsExactly(
            new FailedCommand(
                N1, "ip neigh", new Source("session.txt", 2, "bash: ip: command not found")));
  }

  @Test
  void lines_without_any_meaning_are_no_trouble() {
    String text =
        "\u0000\u001b[\u001b]\b\r\n".repeat(1000) + "root@n1:~# ip r\n" + "(".repeat(10000);
    assertThat(read(text).nodes()).containsExactly("n1");
  }
}
