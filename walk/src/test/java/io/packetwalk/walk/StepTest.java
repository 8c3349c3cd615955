package io.packetwalk.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTest {
  private static final Packet PACKET =
      Packet.of(Ipv4.of(IpAddress.of("10.0.0.1"), IpAddress.of("10.0.0.2"), 17, 64));

  @Test
  void captures_show_what_comes_in_and_goes_out() {
    assertThat(step(Stage.INGRESS, Action.FORWARD).isObservable()).isTrue();
    assertThat(step(Stage.EGRESS, Action.FORWARD).isObservable()).isTrue();
    assertThat(step(Stage.ROUTE, Action.FORWARD).isObservable()).isFalse();
  }

  @Test
  void what_a_device_drops_is_not_seen_once_more() {
    assertThat(step(Stage.INGRESS, Action.DROP).isObservable()).isFalse();
    assertThat(step(Stage.EGRESS, Action.DROP).isObservable()).isFalse();
  }

  private static Step step(Stage stage, Action action) {
    return new Step(NamespaceId.host("n1"), "eth0", stage, action, "it", List.of(), PACKET);
  }
}
