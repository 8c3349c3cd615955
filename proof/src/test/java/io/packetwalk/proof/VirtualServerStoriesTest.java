package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What IPVS on the router makes of packets for a virtual address of its own, 10.9.0.1. */
final class VirtualServerStoriesTest {
  private static final String LAST =
      "local 10.0.2.1 dev eth2 table local proto kernel scope host src 10.0.2.1";
  private static final String VIRTUAL =
      "local 10.9.0.1 dev eth2 table local proto kernel scope host src 10.9.0.1";

  private static Walk walk(String setting, String... servers) {
    String listing =
        "root@r:~# ipvsadm -Sn\n"
            + String.join("\n", servers)
            + "\nroot@r:~# sysctl net.ipv4.vs.conntrack\nnet.ipv4.vs.conntrack = "
            + setting;
    return story(listing).udp("10.9.0.1");
  }

  private static Story story(String more) {
    Story routed = Story.routed().adding(LAST, VIRTUAL);
    return new Story(routed.text() + more + "\n");
  }

  private static List<String> decided(Walk walk) {
    return walk.forward().branches().stream()
        .flatMap(branch -> branch.steps().stream())
        .map(step -> step.decision())
        .filter(decision -> decision.startsWith("IPVS"))
        .toList();
  }

  @Test
  void the_destination_is_translated_and_the_answer_comes_from_the_virtual_address() {
    for (String tracks : List.of("0", "1")) {
      Walk walk =
          walk(tracks, "-A -u 10.9.0.1:53 -s rr", "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 1");

      assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
      assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
      assertThat(decided(walk))
          .containsExactly("IPVS 10.9.0.1:53 (rr) → 10.0.2.2:53, its only real server");
    }
  }

  @Test
  void the_answer_to_one_packet_service_keeps_the_real_address() {
    Walk walk = walk("1", "-A -u 10.9.0.1:53 -s rr -o", "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 1");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DROPPED);
  }

  @Test
  void without_real_servers_the_sender_is_told_from_the_virtual_address() {
    Walk walk = walk("1", "-A -u 10.9.0.1:53 -s rr", "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 0");

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    Branch error = walk.error().orElseThrow().branches().getFirst();
    assertThat(error.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(error.steps().getFirst().decision()).contains("port unreachable");
  }

  @Test
  void a_tunnelled_packet_is_in_one_of_the_directors() {
    Walk walk = walk("1", "-A -u 10.9.0.1:53 -s rr", "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -i -w 1");

    assertThat(Story.told(walk)).contains("IPVS puts it into a packet from 10.0.2.1 to 10.0.2.2");
    assertThat(walk.forward().branches().getFirst().steps().getLast().decision())
        .contains("no device that is up takes ipip packets");
    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void other_tunnels_are_undetermined() {
    Walk walk =
        walk(
            "1",
            "-A -u 10.9.0.1:53 -s rr",
            "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -i -w 1 --tun-type gue --tun-port 6080");

    assertThat(walk.verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void a_packet_that_goes_as_it_is_asks_for_the_real_servers_neighbour() {
    Walk walk = walk("0", "-A -u 10.9.0.1:53 -s rr", "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -g -w 1");

    assertThat(Story.told(walk))
        .contains("IPVS 10.9.0.1:53 (rr) → 10.0.2.2:53, its only real server, as it is")
        .contains("b: forwarding is off");
  }

  @Test
  void schedulers_share_choose_or_refuse() {
    String[] three = {
      "-a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 3",
      "-a -u 10.9.0.1:53 -r 10.0.2.3:53 -m -w 1",
      "-a -u 10.9.0.1:53 -r 10.0.2.4:53 -m -w 0"
    };

    assertThat(weights("rr", three)).containsExactly(0.5, 0.5);
    assertThat(weights("lc", three)).containsExactly(0.5, 0.5);
    assertThat(weights("wrr", three)).containsExactly(0.75, 0.25);
    assertThat(weights("mh", three)).containsExactly(0.75, 0.25);
    assertThat(weights("fo", three)).containsExactly(1.0);
    assertThat(weights("ovf", three)).containsExactly(1.0);
    assertThat(weights("sh", three))
        .as("a hash finds closed servers")
        .containsExactly(0.6, 0.2, 0.2);
    assertThat(weights("sh -b sh-fallback", three)).containsExactly(0.75, 0.25);
    assertThat(weights("dh", three)).hasSize(3);
  }

  private static List<Double> weights(String scheduler, String... servers) {
    String[] all = new String[servers.length + 1];
    all[0] = "-A -u 10.9.0.1:53 -s " + scheduler;
    System.arraycopy(servers, 0, all, 1, servers.length);
    return walk("1", all).forward().branches().stream()
        .map(branch -> Math.round(branch.weight() * 100) / 100.0)
        .toList();
  }

  @Test
  void a_connection_that_is_listed_goes_where_it_went() {
    String listing =
        """
        root@r:~# ipvsadm -Sn
        -A -u 10.9.0.1:53 -s rr
        -a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 0
        -a -u 10.9.0.1:53 -r 10.0.2.3:53 -m -w 1
        root@r:~# ipvsadm -Lnc
        IPVS connection entries
        pro expire state       source             virtual            destination
        UDP 04:58  UDP         10.0.1.2:40000     10.9.0.1:53        10.0.2.2:53
        root@r:~# sysctl net.ipv4.vs.conntrack
        net.ipv4.vs.conntrack = 1
        """;

    assertThat(decided(story(listing).udp("10.9.0.1")))
        .containsExactly("IPVS 10.9.0.1:53 (rr) has the connection already → 10.0.2.2:53");
  }

  @Test
  void a_persistent_client_stays_with_its_server() {
    String listing =
        """
        root@r:~# ipvsadm -Sn
        -A -u 10.9.0.1:53 -s rr -p 300 -M 255.255.255.0
        -a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 1
        -a -u 10.9.0.1:53 -r 10.0.2.3:53 -m -w 1
        root@r:~# ipvsadm -Lnc
        IPVS connection entries
        pro expire state       source             virtual            destination
        UDP 04:58  NONE        10.0.1.0:0         10.9.0.1:53        10.0.2.3:53
        """;
    Walk walk = story(listing).udp("10.9.0.1");

    assertThat(decided(walk))
        .containsExactly(
            "IPVS 10.9.0.1:53 (rr) keeps the client with a real server (persistent) → 10.0.2.3:53");
    assertThat(walk.assumptions().toString())
        .contains("doesn't track its connections, as is the kernel's default");
  }

  @Test
  void counters_alone_dont_tell_how_packets_come_to_a_real_server() {
    String listing =
        """
        root@r:~# ipvsadm -Ln --stats
        IP Virtual Server version 1.2.1 (size=4096)
        Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
          -> RemoteAddress:Port
        UDP  10.9.0.1:53                        12       60       48     4000     3800
          -> 10.0.2.2:53                        12       60       48     4000     3800
        """;

    assertThat(story(listing).udp("10.9.0.1").verdict()).isEqualTo(Verdict.UNDETERMINED);
  }

  @Test
  void a_hop_limit_that_is_used_up_is_told_about_the_packet_as_it_came() {
    String listing =
        """
        root@r:~# ipvsadm -Sn
        -A -u 10.9.0.1:53 -s rr
        -a -u 10.9.0.1:53 -r 10.0.2.2:53 -m -w 1
        """;
    Walk walk = story(listing).udp("10.9.0.1", 10, 1);

    assertThat(walk.verdict()).isEqualTo(Verdict.REJECTED);
    assertThat(walk.error().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }
}
