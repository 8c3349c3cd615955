package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.read.Fact;
import org.junit.jupiter.api.Test;

class BrctlReaderTest {
  private final BrctlReader reader = new BrctlReader();

  @Test
  void ports_on_lines_of_their_own_belong_to_the_bridge_above() {
    Shown shown =
        Shown.by(
            reader,
            "brctl show",
            """
            bridge name\tbridge id\t\tSTP enabled\tinterfaces
            cbr0\t\t8000.020000000001\tno\t\tveth0
            \t\t\t\t\t\t\tveth1
            docker0\t\t8000.020000000002\tyes\t\t
            """);
    assertThat(shown.unread()).isEmpty();
    assertThat(shown.fact(Fact.BridgePorts.class).listing().entries())
        .extracting(BridgePort::bridge)
        .containsExactly("cbr0", "cbr0");
    assertThat(shown.fact(Fact.BridgePorts.class).listing().isComplete()).isTrue();
    assertThat(shown.fact(Fact.Devices.class).listing().entries())
        .extracting(Device::name)
        .containsExactly("cbr0", "veth0", "veth1", "docker0");
  }

  @Test
  void ports_below_a_bridge_that_is_not_understood_are_nobodys() {
    Shown shown =
        Shown.by(
            reader,
            "brctl show",
            """
            bridge name\tbridge id\t\tSTP enabled\tinterfaces
            cbr0\t\t8000.020000000001\tno\t\tveth0
            br1\t\tcan't get info Operation not supported
            \t\t\t\t\t\t\tveth1
            """);
    assertThat(shown.fact(Fact.BridgePorts.class).listing().entries())
        .extracting(BridgePort::device)
        .containsExactly("veth0");
    assertThat(shown.unread()).hasSize(2);
  }

  @Test
  void the_spanning_tree_listing_gives_the_ports_states() {
    Shown shown =
        Shown.by(
            reader,
            "brctl showstp cbr0",
            """
            cbr0
             bridge id\t\t8000.020000000001
             designated root\t8000.020000000001
             flags

            veth0 (1)
             port id\t\t8001\t\t\tstate\t\t     forwarding
             designated root\t8000.020000000001\tpath cost\t\t  2
             flags
            """);
    assertThat(shown.unread()).isEmpty();
    BridgePort port = shown.fact(Fact.BridgePorts.class).listing().entries().getFirst();
    assertThat(port.device()).isEqualTo("veth0");
    assertThat(port.state()).contains("forwarding");
  }

  @Test
  void learned_addresses_behind_numbered_ports_give_no_entries_and_say_so() {
    Shown shown =
        Shown.by(
            reader,
            "brctl showmacs cbr0",
            """
            port no\tmac addr\t\tis local?\tageing timer
              1\t02:00:00:00:00:02\tno\t\t   3.05
            """);
    assertThat(shown.reading().facts()).isEmpty();
    assertThat(shown.reading().unread()).hasSize(1);
    assertThat(shown.reading().unread().getFirst().reason()).contains("bridge fdb show");
  }
}
