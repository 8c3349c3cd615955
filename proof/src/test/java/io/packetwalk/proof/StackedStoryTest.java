package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** Host b has its address on a device that stands on another. */
final class StackedStoryTest {
  private static final String WRONG_ADDRESS =
      "10.0.2.2 dev eth2 lladdr 02:00:00:00:00:99 PERMANENT";

  private static Story macvlan(String mode) {
    return Story.routed()
        .but(
            "    inet 10.0.2.2/24 scope global eth0\n",
            """
            7: mv0@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 state UP
                link/ether 02:00:00:00:0b:02 brd ff:ff:ff:ff:ff:ff
                macvlan mode %s
                inet 10.0.2.2/24 scope global mv0
            """
                .formatted(mode))
        .but("10.0.2.0/24 dev eth0 proto", "10.0.2.0/24 dev mv0 proto")
        .but("default via 10.0.2.1 dev eth0", "default via 10.0.2.1 dev mv0")
        .but("local 10.0.2.2 dev eth0 table", "local 10.0.2.2 dev mv0 table")
        .but("root@r:~# ip neigh\n", "root@r:~# ip neigh\n" + WRONG_ADDRESS + "\n");
  }

  @Test
  void passthru_takes_frames_for_any_address() {
    Walk walk = macvlan("passthru").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void the_other_modes_take_frames_for_their_own_address() {
    Walk walk = macvlan("bridge").udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void what_a_program_reads_is_named_as_that() {
    Walk walk =
        Story.routed()
            .adding(
                "    inet6 fd00:1::2/64 scope global",
                """
                7: tun0: <POINTOPOINT,MULTICAST,NOARP,UP,LOWER_UP> mtu 1500 state UNKNOWN
                    link/none
                    tun type tun pi off vnet_hdr off persist on\
                """)
            .but("default via 10.0.1.1 dev eth0", "default dev tun0 scope link")
            .udp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(Story.told(walk)).contains("the program that has tun0 of a:host open");
  }
}
