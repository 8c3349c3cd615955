package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a router tells a sender of a nearer way, beside forwarding its packet. */
final class RedirectsTest {
  private static final Path CASES = Path.of("src/test/resources/cases");
  private static final List<String> NETWORKS = List.of("41002", "41003", "41004");

  private static final String TO_B = "10.0.2.0/24 dev eth2 proto kernel scope link src 10.0.2.1";
  private static final String SETTING = "net.ipv4.conf.eth2.rp_filter = 0\nroot@b";

  /** The router's way to 10.9.0.0/16 leads back to where the packet came from. */
  private static Story returning() {
    return Story.routed().adding(TO_B, "10.9.0.0/16 via 10.0.1.3 dev eth1");
  }

  private static String told(Story story, String to) {
    return Story.told(story.udp(to));
  }

  @Test
  void every_redirect_in_captures_was_predicted() throws IOException {
    int seen = 0;
    for (String network : NETWORKS) {
      RedirectReport report = RedirectReport.of(CASES.resolve(network));
      System.out.println(report);
      assertThat(report.wrong()).as("network %s", network).isEmpty();
      seen += report.seen();
    }
    assertThat(seen).isGreaterThan(5);
  }

  @Test
  void the_nearer_router_is_named() {
    assertThat(told(returning(), "10.9.0.1"))
        .contains(
            "r: beside forwarding it, tells 10.0.1.2 by an ICMP redirect that 10.0.1.3 is the"
                + " nearer router to 10.9.0.1, unless net.ipv4.conf.eth1.send_redirects is off");
  }

  @Test
  void a_host_takes_it_where_either_setting_says_so_and_a_router_where_both_do() {
    String forwarding = "net.ipv4.ip_forward = 0";
    Story one =
        returning()
            .adding(
                forwarding,
                "net.ipv4.conf.all.accept_redirects = 0\nnet.ipv4.conf.eth0.accept_redirects = 1");

    assertThat(told(one, "10.9.0.1"))
        .contains(", and 10.0.1.2 takes it (accept_redirects of eth0)");
    assertThat(told(one.but("eth0.accept_redirects = 1", "eth0.accept_redirects = 0"), "10.9.0.1"))
        .contains(", and 10.0.1.2 ignores it, as eth0's accept_redirects is off");
    assertThat(told(one.but(forwarding, "net.ipv4.ip_forward = 1"), "10.9.0.1"))
        .contains(", and 10.0.1.2 ignores it, as eth0 forwards");
    assertThat(told(returning(), "10.9.0.1"))
        .contains("(to settle it: on a: sysctl net.ipv4.conf.all.accept_redirects");
  }

  @Test
  void the_packet_goes_on_as_before() {
    Walk with = returning().udp("10.9.0.1");
    Walk without =
        returning()
            .but(
                SETTING, "net.ipv4.conf.all.send_redirects = 0\n" + off("send_redirects") + SETTING)
            .udp("10.9.0.1");

    assertThat(with.verdict()).isEqualTo(without.verdict()).isNotEqualTo(Verdict.DELIVERED);
    assertThat(Story.told(without)).doesNotContain("redirect");
  }

  private static String off(String setting) {
    return "net.ipv4.conf.eth1." + setting + " = 0\n";
  }

  @Test
  void one_setting_of_the_two_is_enough() {
    Story all =
        returning()
            .but(
                SETTING,
                "net.ipv4.conf.all.send_redirects = 1\n" + off("send_redirects") + SETTING);

    assertThat(told(all, "10.9.0.1")).contains("redirect").doesNotContain("unless");
  }

  @Test
  void a_sender_behind_another_router_isnt_told() {
    Story behind =
        returning()
            .adding(TO_B, "10.7.0.0/16 via 10.0.1.4 dev eth1")
            .adding(
                "default via 10.0.1.1 dev eth0", "10.9.0.0/16 via 10.0.1.1 dev eth0 src 10.7.0.1")
            .but(
                "inet 10.0.1.2/24 scope global eth0",
                "inet 10.0.1.2/24 scope global eth0\n    inet 10.7.0.1/32 scope global eth0");

    assertThat(told(behind, "10.9.0.1")).contains("forwarded to eth1").doesNotContain("redirect");
  }

  @Test
  void where_a_wire_isnt_shared_the_next_hop_has_to_be_in_the_senders_subnet() {
    Story apart =
        returning()
            .but("10.9.0.0/16 via 10.0.1.3 dev eth1", "10.9.0.0/16 via 10.8.0.3 dev eth1 onlink")
            .but(SETTING, "net.ipv4.conf.all.shared_media = 0\n" + off("shared_media") + SETTING);

    assertThat(told(apart, "10.9.0.1")).contains("forwarded to eth1").doesNotContain("redirect");
  }

  @Test
  void over_ipv6_the_nearer_router_needs_a_link_local_address() {
    Story six =
        Story.routed()
            .but(
                "inet6 fd00:1::1/64 scope global",
                "inet6 fd00:1::1/64 scope global\n    inet6 fe80::1/64 scope link")
            .adding(
                "fd00:2::/64 dev eth2 proto kernel metric 256",
                "fd00:9::/64 via fe80::3 dev eth1 metric 1024");

    assertThat(told(six, "fd00:9::1"))
        .contains(
            "may tell fd00:1::2 by an ICMPv6 redirect that fe80::3 is the nearer router to"
                + " fd00:9::1");
    assertThat(told(six.but("via fe80::3 dev eth1", "via fd00:1::3 dev eth1"), "fd00:9::1"))
        .contains("forwarded to eth1")
        .doesNotContain("redirect");
  }
}
