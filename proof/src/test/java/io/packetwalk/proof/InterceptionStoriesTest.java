package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import org.junit.jupiter.api.Test;

/** Rules that give packets to a transparent proxy on their way (TPROXY). */
final class InterceptionStoriesTest {
  private static final String TO_PROXY =
      "-A PREROUTING -p tcp -j TPROXY --on-port 15001 --on-ip 0.0.0.0 --tproxy-mark 0x1/0x1";

  private static final String LISTENING =
      """
      root@r:~# ss -lntu
      Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port
      tcp   LISTEN 0      128          0.0.0.0:15001      0.0.0.0:*
      """;

  /** The router, where marked packets are for itself. */
  private static final Story LOCALLY =
      Story.routed()
          .but(
              "root@r:~# ip rule\n0: from all lookup local\n",
              "root@r:~# ip rule\n"
                  + "0: from all lookup local\n"
                  + "100: from all fwmark 0x1/0x1 lookup 100\n")
          .adding(Story.TO_B, "local default dev lo table 100 scope host");

  private static Story ruled(Story story, String rule, String sockets) {
    return new Story(
        story.text()
            + "root@r:~# iptables-save\n*mangle\n:PREROUTING ACCEPT [0:0]\n"
            + rule
            + "\nCOMMIT\n"
            + sockets);
  }

  @Test
  void the_proxy_gets_what_is_for_others_and_answers_for_them() {
    Walk walk = ruled(LOCALLY, TO_PROXY, LISTENING).tcp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.forward().branches().getFirst().steps().getLast().place().node())
        .isEqualTo("r");
    assertThat(Story.told(walk)).contains("given to the socket at port 15001");
    assertThat(walk.assumptions())
        .anyMatch(one -> one.text().equals("the socket at port 15001 of r:host is transparent"));
    assertThat(walk.reply().orElseThrow().verdict()).isEqualTo(Verdict.DELIVERED);
  }

  @Test
  void without_a_route_to_itself_the_machine_forwards_nothing_of_a_socket() {
    Walk walk = ruled(Story.routed(), TO_PROXY, LISTENING).tcp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("the kernel forwards no packet of a socket");
  }

  @Test
  void without_the_proxy_iptables_drops() {
    Walk walk = ruled(LOCALLY, TO_PROXY, LISTENING.replace(":15001", ":15002")).tcp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DROPPED);
    assertThat(Story.told(walk)).contains("no socket waits at port 15001");
  }

  private static final String NFT =
      """
      table ip proxy {
        chain prerouting {
          type filter hook prerouting priority mangle; policy accept;
          meta l4proto tcp tproxy to :15001 meta mark set 0x00000001 accept
        }
      }
      """;

  @Test
  void without_the_proxy_nftables_goes_on_behind_the_rule() {
    Story absent = new Story(LOCALLY.text() + LISTENING.replace(":15001", ":15002"));
    Story there = new Story(LOCALLY.text() + LISTENING);

    assertThat(Story.told(absent.ruled("r", NFT).tcp("10.0.2.2")))
        .contains("DELIVERED: delivered to 10.0.2.2 in b:host");
    assertThat(Story.told(there.ruled("r", NFT).tcp("10.0.2.2")))
        .contains("DELIVERED: delivered to 10.0.2.2 in r:host");
  }

  @Test
  void listed_rules_do_the_same() {
    String listed =
        """
        root@r:~# iptables -t mangle -L -n -v
        Chain PREROUTING (policy ACCEPT 6 packets, 336 bytes)
         pkts bytes target     prot opt in     out     source               destination
            6   336 TPROXY     6    --  *      *       0.0.0.0/0            0.0.0.0/0            TPROXY redirect 0.0.0.0:15001 mark 0x1/0x1
        """;

    assertThat(Story.told(new Story(LOCALLY.text() + listed + LISTENING).tcp("10.0.2.2")))
        .contains("DELIVERED: delivered to 10.0.2.2 in r:host");
  }

  @Test
  void where_no_socket_was_listed_the_proxy_is_assumed() {
    Walk walk = ruled(LOCALLY, TO_PROXY, "").tcp("10.0.2.2");

    assertThat(walk.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.assumptions())
        .anyMatch(one ->
            one.text().equals("a transparent socket waits at port 15001 of r:host")
                && one.command().contains("ss -lntup --inet-sockopt"));
  }
}
