package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.Device;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WrappedLinesTest {
  private static final NamespaceId N1 = NamespaceId.host("n1");

  private static Snapshot read(String output) {
    return StateReader.read(
        StateFiles.of("session.txt", "root@n1:~# ip addr\n" + output + "root@n1:~# true\n"));
  }

  @Test
  void a_listing_of_devices_that_a_terminal_has_broken_is_put_together() {
    Snapshot snapshot =
        read(
            """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group defaul
            t qlen 1000
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            2: enp0s1~: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast master o
            vs-system state UP group default qlen 1000
                link/ether 06:7b:b6:19:fb:49 brd ff:ff:ff:ff:ff:ff
            3: antrea-gw0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UP
            _group default qlen 1000
            4: vxlan_sys_4789: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 65000 qdisc noqueue mas
            ter ovs-system state UNKNOWN group default qlen 1000
            """
                .replace("_group", " group"));

    assertThat(snapshot.inventory().unread()).isEmpty();
    assertThat(snapshot.namespace(N1).links().devices().stream())
        .extracting(Device::name, Device::master)
        .containsExactly(
            tuple("lo", Optional.empty()),
            tuple("enp0s1~", Optional.of("ovs-system")),
            tuple("antrea-gw0", Optional.empty()),
            tuple("vxlan_sys_4789", Optional.of("ovs-system")));
  }

  @Test
  void a_note_below_the_longest_line_stays_a_note() {
    Snapshot snapshot =
        read(
            """
            1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN
                link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
            2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc pfifo_fast state UP qlen 1000
            is the card
            """);

    assertThat(snapshot.inventory().unread())
        .extracting(line -> line.source().text())
        .containsExactly("is the card");
  }
}
