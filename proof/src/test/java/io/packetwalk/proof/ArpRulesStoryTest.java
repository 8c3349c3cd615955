package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** What rules on a bridge between host a (port p1) and the router (port p2) make of ARP. */
final class ArpRulesStoryTest {
  private static Walk ask(String chain, String... rules) {
    return ruled(chain, rules).udp("10.0.2.2");
  }

  private static Story ruled(String chain, String... rules) {
    String ruleset =
        "table bridge t {\n"
            + "\tset known {\n"
            + "\t\ttype ether_addr\n"
            + "\t\telements = { 02:00:00:00:01:01 }\n"
            + "\t}\n"
            + "\tchain c {\n"
            + "\t\ttype filter hook "
            + chain
            + "; policy accept;\n\t\t"
            + String.join("\n\t\t", rules)
            + "\n\t}\n}\n";
    return Story.bridged("forward_delay 1500 stp_state 0 vlan_filtering 0", "")
        .adding("net.ipv4.ip_forward = 0", "net.bridge.bridge-nf-call-iptables = 0")
        .ruled("s", ruleset);
  }

  private static final String PREROUTING = "prerouting priority -300";
  private static final String FORWARD = "forward priority 0";

  @Test
  void who_sends_from_his_own_link_layer_address_passes_and_others_dont() {
    // As the bridge plugin writes it for `macspoofchk`.
    assertThat(
            ask(
                    PREROUTING,
                    "iifname \"p1\" ether saddr 02:00:00:00:0a:02 return",
                    "iifname \"p1\" drop")
                .verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(
            ask(
                    PREROUTING,
                    "iifname \"p1\" ether saddr 02:00:00:00:0a:03 return",
                    "iifname \"p1\" drop")
                .verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_question_from_the_address_that_belongs_to_the_port_passes() {
    assertThat(ask(FORWARD, "iifname \"p1\" arp saddr ip != 10.0.1.2 drop").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(ask(FORWARD, "iifname \"p1\" arp saddr ip != 10.0.1.7 drop").verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void the_answer_passes_the_rules_on_its_way_back() {
    assertThat(ask(FORWARD, "arp operation reply arp saddr ip 10.0.1.1 drop").verdict())
        .isEqualTo(Verdict.REJECTED);
    assertThat(ask(FORWARD, "arp operation request arp daddr ip 10.0.1.9 drop").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(ask(FORWARD, "arp operation reply ether saddr != @known drop").verdict())
        .isEqualTo(Verdict.DELIVERED);
    assertThat(ask(FORWARD, "arp operation reply ether saddr @known drop").verdict())
        .isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_question_is_for_everybody() {
    assertThat(ask(FORWARD, "ether type arp meta pkttype broadcast drop").verdict())
        .isEqualTo(Verdict.REJECTED);
    assertThat(
            ask(FORWARD, "arp operation request arp daddr ether != 00:00:00:00:00:00 drop")
                .verdict())
        .isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void whom_an_answer_is_for_by_the_kernels_mark_isnt_known() {
    assertThat(ask(FORWARD, "arp operation reply meta pkttype other drop").verdict())
        .isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void neighbour_discovery_passes_them_by_its_link_layer_addresses_too() {
    Story honest =
        ruled(
            PREROUTING,
            "iifname \"p1\" ether saddr 02:00:00:00:0a:02 return",
            "iifname \"p1\" drop",
            "iifname \"p2\" ether saddr 02:00:00:00:01:01 return",
            "iifname \"p2\" drop");

    assertThat(
            honest
                .but("saddr 02:00:00:00:01:01", "saddr 02:00:00:00:01:02")
                .udp("fd00:2::2")
                .verdict())
        .isEqualTo(Verdict.REJECTED);
    assertThat(honest.udp("fd00:2::2").verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(
            honest
                .but("saddr 02:00:00:00:0a:02", "saddr 02:00:00:00:0a:03")
                .udp("fd00:2::2")
                .verdict())
        .isEqualTo(Verdict.REJECTED);
  }
}
