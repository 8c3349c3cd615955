package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NeighbourState;
import io.packetwalk.read.Fact;
import io.packetwalk.wire.MacAddress;
import org.junit.jupiter.api.Test;

class ArpReaderTest {
  private final ArpReader reader = new ArpReader();

  private Listing<Neighbour> read(String command, String output) {
    return Shown.by(reader, command, output).fact(Fact.Neighbours.class).listing();
  }

  @Test
  void the_bsd_style_tells_permanent_incomplete_and_published_entries_apart() {
    Listing<Neighbour> table =
        read(
            "arp -an",
            """
            ? (10.1.0.2) at 02:00:00:00:00:02 [ether] PERM on eth0
            ? (10.1.0.3) at <incomplete> on eth0
            ? (10.1.0.4) at <from_interface> PERM PUP on eth0
            gw (10.1.0.1) at 2:0:0:0:0:1 [ether]  on eth1 the default gateway
            """);
    assertThat(table.entries())
        .extracting(Neighbour::state)
        .containsExactly(
            NeighbourState.PERMANENT,
            NeighbourState.INCOMPLETE,
            NeighbourState.PERMANENT,
            NeighbourState.NOT_SHOWN);
    assertThat(table.entries().get(2).proxy()).isTrue();
    assertThat(table.entries().getLast().mac()).contains(MacAddress.of("02:00:00:00:00:01"));
    assertThat(table.entries().getLast().device()).isEqualTo("eth1");
  }

  @Test
  void the_linux_style_is_read_by_its_columns() {
    Listing<Neighbour> table =
        read(
            "arp -n",
            """
            Address                  HWtype  HWaddress           Flags Mask            Iface
            10.1.0.2                 ether   02:00:00:00:00:02   CM                    eth0
            10.1.0.3                         (incomplete)                              eth0
            10.1.0.4                 *       <from_interface>    MP                    eth0
            10.1.0.9                 ether   02:00:00:00:00:09   C                     eth1
            """);
    assertThat(table.isComplete()).isTrue();
    assertThat(table.entries())
        .extracting(Neighbour::device)
        .containsExactly("eth0", "eth0", "eth0", "eth1");
    assertThat(table.entries())
        .extracting(Neighbour::isUsable)
        .containsExactly(true, false, false, true);
  }

  @Test
  void the_kernel_s_file_tells_by_flags() {
    Listing<Neighbour> table =
        read(
            "cat /proc/net/arp",
            """
            IP address       HW type     Flags       HW address            Mask     Device
            10.1.0.2         0x1         0x6         02:00:00:00:00:02     *        eth0
            10.1.0.3         0x1         0x0         00:00:00:00:00:00     *        eth0
            10.1.0.4         0x1         0x2         02:00:00:00:00:04     *        eth0
            """);
    assertThat(table.entries())
        .extracting(Neighbour::state)
        .containsExactly(
            NeighbourState.PERMANENT, NeighbourState.INCOMPLETE, NeighbourState.NOT_SHOWN);
  }

  @Test
  void no_output_is_an_empty_table() {
    assertThat(read("arp -n", "").isComplete()).isTrue();
    assertThat(read("arp -n", "").entries()).isEmpty();
  }

  @Test
  void a_message_instead_of_a_table_says_nothing() {
    assertThat(Shown.by(reader, "arp -n", "arp: broken\n").reading().facts()).isEmpty();
  }

  @Test
  void a_name_costs_its_line_and_the_completeness() {
    Shown shown =
        Shown.by(
            reader,
            "arp",
            """
            Address                  HWtype  HWaddress           Flags Mask            Iface
            router.example           ether   02:00:00:00:00:01   C                     eth0
            10.1.0.9                 ether   02:00:00:00:00:09   C                     eth0
            """);
    assertThat(shown.unread()).hasSize(1);
    assertThat(shown.fact(Fact.Neighbours.class).listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void asking_for_one_device_is_complete_for_it_and_for_one_address_partial() {
    Fact.Neighbours device = Shown.by(reader, "arp -n -i eth0", "").fact(Fact.Neighbours.class);
    assertThat(device.ofDevice()).contains("eth0");
    assertThat(device.listing().isComplete()).isTrue();
    assertThat(read("arp -n 10.1.0.9", "10.1.0.9 (10.1.0.9) -- no entry").coverage())
        .isEqualTo(Coverage.PARTIAL);
  }
}
