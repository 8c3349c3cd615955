package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.facts;
import static io.packetwalk.read.command.Outputs.only;
import static io.packetwalk.read.command.Outputs.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.NamespaceNumber;
import io.packetwalk.model.net.Neighbour;
import io.packetwalk.model.net.NeighbourState;
import io.packetwalk.model.net.PortRange;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.RoutingRule;
import io.packetwalk.model.net.RuleAction;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.wire.IpFamily;
import io.packetwalk.wire.IpPrefix;
import io.packetwalk.wire.MacAddress;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The readers of {@code ip rule}, {@code ip neigh} and {@code ip netns}. */
class IpTablesOfKernelTest {
  private static List<RoutingRule> rules(String output) {
    Reading reading = read("ip rule", output);
    assertThat(reading.unread()).isEmpty();
    return only(reading, Fact.Rules.class).listing().entries();
  }

  @Test
  void rules_have_their_conditions_and_actions() {
    List<RoutingRule> rules =
        rules(
            """
            0:	from all lookup local
            48:	from all ipproto tcp dport 80-90 blackhole
            49:	not from all fwmark 0x8 lookup main suppress_prefixlength 0
            50:	from 10.0.0.0/8 to 10.9.0.0/16 fwmark 0x1/0xff iif lo oif eth0 [detached] lookup 100
            51:	from all goto 60
            52:	from all lookup [l3mdev-table]
            53:	from all uidrange 0-99 lookup 254
            32767:	from all lookup default proto kernel
            """);
    assertThat(rules.get(0).action()).isEqualTo(new RuleAction.Lookup("local"));
    assertThat(rules.get(1).action()).isEqualTo(new RuleAction.Refuse(RouteType.BLACKHOLE));
    assertThat(rules.get(1).protocol()).isEqualTo(OptionalInt.of(6));
    assertThat(rules.get(1).destinationPorts()).hasValue(new PortRange(80, 90));
    assertThat(rules.get(2).inverted()).isTrue();
    assertThat(rules.get(2).markMask()).isEqualTo(-1);
    assertThat(rules.get(2).suppressPrefixLength()).isEqualTo(OptionalInt.of(0));
    assertThat(rules.get(3).from()).hasValue(IpPrefix.of("10.0.0.0/8"));
    assertThat(rules.get(3).markMask()).isEqualTo(0xff);
    assertThat(rules.get(3).inputDevice()).hasValue("lo");
    assertThat(rules.get(4).action()).isEqualTo(new RuleAction.Goto(60));
    assertThat(rules.get(5).action()).isEqualTo(new RuleAction.LookupVrf());
    assertThat(rules.get(6).action()).isEqualTo(new RuleAction.Lookup("main"));
    assertThat(rules.get(6).unmodelled()).containsExactly("uidrange 0-99");
  }

  @Test
  void a_condition_of_a_rule_that_is_not_understood_is_kept_as_one() {
    List<RoutingRule> rules =
        rules(
            """
            10:	from all tos lowdelay lookup 5
            11:	from all tos nothing-known lookup 5
            12:	from somewhere.example lookup 5
            13:	from all fwmark 0xzz lookup 5
            14:	from all dscp 46 lookup 5
            15:	from all ipproto gre lookup 5
            """);
    assertThat(rules.getFirst().tos()).isEqualTo(OptionalInt.of(0x10));
    assertThat(rules)
        .extracting(rule -> rule.unmodelled().size())
        .containsExactly(0, 1, 1, 1, 1, 0);
  }

  @Test
  void rules_in_json_tell_the_same() {
    Reading reading =
        read(
            "ip -j rule",
            """
            [{"priority":0,"src":"all","table":"local"},{"priority":48,"src":"all","ipproto":"tcp","dport_start":80,"dport_end":90,"action":"blackhole"},{"priority":49,"not":null,"src":"all","fwmark":"0x8","table":"main","suppress_prefixlen":0},{"priority":50,"src":"10.0.0.0","srclen":8,"fwmark":"0x1","fwmask":"0xff","iif":"lo","table":"100"}]
            """);
    assertThat(reading.unread()).isEmpty();
    List<RoutingRule> rules = only(reading, Fact.Rules.class).listing().entries();
    assertThat(rules).hasSize(4);
    assertThat(rules.get(1).destinationPorts()).hasValue(new PortRange(80, 90));
    assertThat(rules.get(2).inverted()).isTrue();
    assertThat(rules.get(3).from()).hasValue(IpPrefix.of("10.0.0.0/8"));
  }

  @Test
  void a_line_that_is_no_rule_costs_itself_only() {
    Reading reading = read("ip rule", "0: from all lookup local\nfrom all\n5: from all\n");
    assertThat(only(reading, Fact.Rules.class).listing().entries()).hasSize(1);
    assertThat(reading.unread()).hasSize(2);
  }

  @Test
  void neighbours_are_told_by_family_and_state() {
    Reading reading =
        read(
            "ip neigh",
            """
            10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 REACHABLE
            10.0.0.2 dev eth0  FAILED
            10.0.0.3 dev eth0 lladdr 02:00:00:00:00:03 used 10/20/5 probes 4 STALE
            fe80::1 dev eth0 lladdr 02:00:00:00:00:01 router extern_learn NOARP proto zebra
            10.0.0.4 dev eth0 lladdr 02:00:00:00:00:04 PERMANENT the printer
            """);
    List<Neighbour> fourth = facts(reading, Fact.Neighbours.class).getFirst().listing().entries();
    assertThat(fourth)
        .extracting(Neighbour::state)
        .containsExactly(
            NeighbourState.REACHABLE,
            NeighbourState.FAILED,
            NeighbourState.STALE,
            NeighbourState.PERMANENT);
    assertThat(fourth.getFirst().mac()).hasValue(MacAddress.of("02:00:00:00:00:01"));
    assertThat(facts(reading, Fact.Neighbours.class))
        .extracting(Fact.Neighbours::family)
        .containsExactly(IpFamily.IPV4, IpFamily.IPV6);
    assertThat(reading.unread()).singleElement().matches(Reading.Unread::tail);
  }

  @Test
  void neighbours_of_one_device_do_not_name_it() {
    Reading reading = read("ip -4 n s dev eth0", "10.0.0.1 lladdr 02:00:00:00:00:01 STALE\n");
    Fact.Neighbours neighbours = only(reading, Fact.Neighbours.class);
    assertThat(neighbours.ofDevice()).hasValue("eth0");
    assertThat(neighbours.listing().entries().getFirst().device()).isEqualTo("eth0");
  }

  @Test
  void proxy_entries_are_told_apart() {
    Reading reading = read("ip -4 neigh show proxy", "10.0.0.9 dev eth0 proxy\n");
    Fact.Neighbours neighbours = only(reading, Fact.Neighbours.class);
    assertThat(neighbours.listing().entries().getFirst().proxy()).isTrue();
    assertThat(neighbours.listing().coverage()).isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void neighbours_in_json_tell_the_same() {
    Reading reading =
        read(
            "ip -j neigh",
            "[{\"dst\":\"10.0.0.1\",\"dev\":\"eth0\",\"lladdr\":\"02:00:00:00:00:01\",\"state\":[\"STALE\"]}]");
    assertThat(facts(reading, Fact.Neighbours.class).getFirst().listing().entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.state()).isEqualTo(NeighbourState.STALE));
  }

  @Test
  void namespaces_have_the_numbers_they_are_known_by() {
    Reading reading = read("ip netns", "cni-1 (id: 3)\nblue\nwhat is this\n");
    assertThat(only(reading, Fact.NamespaceNumbers.class).listing().entries())
        .extracting(NamespaceNumber::name, NamespaceNumber::number)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("cni-1", OptionalInt.of(3)),
            org.assertj.core.groups.Tuple.tuple("blue", OptionalInt.empty()));
    assertThat(reading.unread()).hasSize(1);
  }

  @Test
  void changes_and_single_answers_are_understood_and_not_kept() {
    assertThat(read("ip route get 10.0.0.1", "10.0.0.1 dev eth0 src 10.0.0.2 uid 0\n    cache\n"))
        .isEqualTo(Reading.of());
    assertThat(read("ip link set eth0 up", "")).isEqualTo(Reading.of());
  }
}
