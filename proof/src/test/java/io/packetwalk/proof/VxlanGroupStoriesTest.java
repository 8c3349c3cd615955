package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Action;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Ip;
import org.junit.jupiter.api.Test;

/** A VXLAN of host a and router r, who are on one link, by a group that both have joined. */
final class VxlanGroupStoriesTest {
  private static final String GROUP_OF_R = "group 239.1.1.1 dev eth1";

  private static final Story TUNNEL =
      with(
          with(Story.routed(), "fd00:1::2/64", 1, "eth0", "10.0.1.0/24 dev eth0 proto", "a"),
          "fd00:2::1/64",
          2,
          "eth1",
          "10.0.1.0/24 dev eth1 proto",
          "r");

  private static Story with(
      Story story, String behind, int place, String lower, String route, String node) {
    String address = "    inet6 " + behind + " scope global\n";
    String device =
        """
        7: vx0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 state UNKNOWN
            link/ether 02:00:00:00:77:0%1$d brd ff:ff:ff:ff:ff:ff
            vxlan id 77 group 239.1.1.1 dev %2$s srcport 0 0 dstport 4789 ttl auto ageing 300
            inet 10.7.0.%1$d/24 scope global vx0
        """
            .formatted(place, lower);
    String routes =
        """
        10.7.0.0/24 dev vx0 proto kernel scope link src 10.7.0.%1$d
        local 10.7.0.%1$d dev vx0 table local proto kernel scope host src 10.7.0.%1$d
        """
            .formatted(place);
    return new Story(
        story.but(address, address + device).but(route, routes + route).text()
            + "root@"
            + node
            + ":~# bridge fdb show\n"
            + "00:00:00:00:00:00 dev vx0 dst 239.1.1.1 via "
            + lower
            + " self permanent\n");
  }

  @Test
  void who_is_asked_for_hears_it_by_the_group_and_his_answer_tells_where_he_is() {
    Walk walk = TUNNEL.udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: 10.7.0.2 is vx0 of r:host, which answers with 02:00:00:00:77:02")
        .contains("a: VXLAN 77: 02:00:00:00:77:02 is behind 10.0.1.1, from where it was heard")
        .contains("r: VXLAN 77: vx0 takes the outer header off");
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void a_device_that_doesnt_learn_sends_frames_for_unknown_addresses_to_the_group() {
    Walk walk =
        TUNNEL
            .but("dev eth0 srcport 0 0 dstport 4789", "dev eth0 dstport 4789 nolearning")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk))
        .contains("a: VXLAN 77: 02:00:00:00:77:02 is behind the group 239.1.1.1 by the fdb")
        .contains("group 239.1.1.1 has the address 01:00:5e:01:01:01");
    assertThat(walk.forward().branches().getFirst().steps())
        .anySatisfy(step -> assertThat(step.packet().toString()).contains("ttl=1,"));
  }

  @Test
  void frames_for_who_has_been_learned_go_to_him_alone() {
    Walk walk =
        TUNNEL
            .adding(
                "00:00:00:00:00:00 dev vx0 dst 239.1.1.1 via eth0 self permanent",
                "02:00:00:00:77:02 dev vx0 dst 10.0.1.1 self")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(walk)).contains("02:00:00:00:77:02 is behind 10.0.1.1 by the fdb");
  }

  @Test
  void where_an_entry_names_a_next_hop_the_way_isnt_known_and_who_learns_hears_nobody_by_it() {
    Story byNextHop =
        TUNNEL.adding(
            "00:00:00:00:00:00 dev vx0 dst 239.1.1.1 via eth0 self permanent",
            "02:00:00:00:77:02 dev vx0 nhid 12 self permanent");
    Walk walk =
        byNextHop
            .but("dev eth0 srcport 0 0 dstport 4789", "dev eth0 dstport 4789 nolearning")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
    assertThat(walk.assumptions())
        .anySatisfy(one -> assertThat(one.command()).contains("ip nexthop show id 12"));
    assertThat(byNextHop.udp("10.7.0.2").verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void who_is_in_another_group_hears_nothing() {
    Walk walk =
        TUNNEL
            .but(GROUP_OF_R, GROUP_OF_R.replace("1.1.1", "1.1.2"))
            .adding("root@r:~# ip neigh", "root@r:~# ip maddr\n3:\teth1\n\tinet  239.1.1.2")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(Story.told(walk)).contains("nobody on vx0 of a:host has 10.7.0.2");
  }

  @Test
  void without_a_default_destination_frames_for_unknown_addresses_go_nowhere() {
    Walk walk =
        TUNNEL
            .but("00:00:00:00:00:00 dev vx0 dst 239.1.1.1 via eth0 self permanent\n", "")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void a_device_that_answers_questions_itself_asks_nobody() {
    Walk walk =
        TUNNEL
            .but("dev eth0 srcport 0 0 dstport 4789", "dev eth0 srcport 0 0 dstport 4789 proxy")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void the_reverse_path_filter_counts_for_what_is_for_many() {
    Walk walk =
        TUNNEL
            .but("net.ipv4.conf.eth1.rp_filter = 0", "net.ipv4.conf.eth1.rp_filter = 1")
            .but("10.0.1.0/24 dev eth1 proto kernel scope link src 10.0.1.1\n", "")
            .udp("10.7.0.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
  }

  @Test
  void an_inherited_hop_limit_is_that_of_the_packet_inside() {
    Walk walk = new Story(TUNNEL.text().replace("ttl auto", "ttl inherit")).udp("10.7.0.2", 10, 9);

    assertThat(outer(walk)).isEqualTo(9);
    assertThat(outer(TUNNEL.udp("10.7.0.2", 10, 9))).isEqualTo(64);
  }

  private static int outer(Walk walk) {
    return walk.forward().branches().getFirst().steps().stream()
        .filter(step -> step.action() == Action.ENCAPSULATE)
        .map(step -> step.packet().layers().getFirst())
        .map(layer -> ((Ip) layer).hopLimit())
        .findFirst()
        .orElseThrow();
  }
}
