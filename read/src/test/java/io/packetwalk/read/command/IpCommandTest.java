package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.IpFamily;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpCommandTest {
  private static IpCommand parse(String command) {
    return IpCommand.parse(List.of(command.split(" ", -1))).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "ip a, address",
    "ip ad sh dev eth0, address",
    "ip l, link",
    "ip li, link",
    "ip r, route",
    "ip ro s t all, route",
    "ip ru, rule",
    "ip n, neighbor",
    "ip nei, neighbor",
    "ip neighbour, neighbor",
    "ip net, netns",
    "ip netns, netns",
    "ip m, maddress",
    "ip v, vrf",
    "ip -d -s -s l, link",
    "ip -details -color addr, address",
    "ip -f inet6 route, route",
  })
  void an_abbreviation_stands_for_the_first_object_that_begins_with_it(
      String typed, String object) {
    assertThat(parse(typed).objectName()).isEqualTo(object);
    assertThat(parse(typed).isShow()).isTrue();
  }

  @Test
  void options_may_stand_in_any_order_and_be_shortened() {
    assertThat(parse("ip -br -4 a").brief()).isTrue();
    assertThat(parse("ip -4 -brief a").family()).hasValue(IpFamily.IPV4);
    assertThat(parse("ip -6 -o a").oneLine()).isTrue();
    assertThat(parse("ip -j -p a").json()).isTrue();
    assertThat(parse("ip --json a").json()).isTrue();
    assertThat(parse("ip -f inet a").family()).hasValue(IpFamily.IPV4);
  }

  @Test
  void a_change_or_a_question_is_no_listing() {
    assertThat(parse("ip route add default via 10.0.0.1").isShow()).isFalse();
    assertThat(parse("ip route get 10.0.0.1").isOtherAction()).isTrue();
    assertThat(parse("ip route").isOtherAction()).isFalse();
  }

  @Test
  void other_commands_are_not_ips() {
    assertThat(IpCommand.parse(List.of("iptables"))).isEmpty();
    assertThat(IpCommand.parse(List.of("ip"))).isEmpty();
    assertThat(IpCommand.parse(List.of("ip", "xyz"))).isEmpty();
    assertThat(IpCommand.parse(List.of())).isEmpty();
  }
}
