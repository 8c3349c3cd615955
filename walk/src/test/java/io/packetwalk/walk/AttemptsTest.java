package io.packetwalk.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.FailedCommand;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Source;
import io.packetwalk.walk.gap.Attempts;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
  private static final Source SAID = new Source("ticket.txt", 7, "command not found");

  @ParameterizedTest
  @CsvSource({
    "conntrack, on worker1: conntrack -L",
    "ip neigh, on worker1: ip -6 neigh",
    "iptables-save, 'on worker1: sh -c ''iptables-save -c; ip6tables-save -c'''",
    "ovs-ofctl dump-flows, on worker1: ovs-ofctl dump-flows br-int table=0",
    "kubectl get pods, kubectl get pods -A -o wide",
  })
  void a_command_that_failed_is_found_by_what_it_would_have_shown(String name, String wanted) {
    Attempts attempts = attempts(name);

    assertThat(attempts.at(wanted)).contains(SAID);
  }

  @ParameterizedTest
  @CsvSource({
    "conntrack, on worker2: conntrack -L",
    "conntrack, on worker1: ip netns exec pod-1 ip neigh",
    "ip neigh, on worker1: ip route",
    "ip, on worker1: iptables -L",
    "kubectl get pods, kubectl get services -A",
  })
  void another_command_or_place_is_none(String name, String wanted) {
    assertThat(attempts(name).at(wanted)).isEmpty();
  }

  private static Attempts attempts(String name) {
    return new Attempts(List.of(new FailedCommand(NamespaceId.host("worker1"), name, SAID)));
  }
}
