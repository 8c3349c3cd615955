package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.only;
import static io.packetwalk.read.command.Outputs.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.MulticastRoute;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IpMrouteReaderTest {
  private static final String SHOWN =
      "(10.0.1.2,239.1.1.1)             Iif: e1         Oifs: e2 e3(ttl 5)  State: resolved\n"
          + "  3 packets, 129 bytes, Age 0.15\n"
          + "(10.0.1.2,239.1.1.3)             Iif: unresolved  State: unresolved\n";

  @Test
  void a_route_has_a_device_to_come_by_and_those_that_get_copies() {
    Reading reading = read("ip mroute", SHOWN);

    assertThat(reading.unread()).isEmpty();
    Fact.MulticastRoutes routes = only(reading, Fact.MulticastRoutes.class);
    assertThat(routes.family()).isEqualTo(IpFamily.IPV4);
    MulticastRoute first = routes.listing().entries().getFirst();
    assertThat(first.from()).isEqualTo(IpAddress.of("10.0.1.2"));
    assertThat(first.input()).contains("e1");
    assertThat(first.outputs())
        .isEqualTo(List.of(new MulticastRoute.Output("e2", 1), new MulticastRoute.Output("e3", 5)));
    assertThat(routes.listing().entries().getLast().input()).isEqualTo(Optional.empty());
  }

  @Test
  void damaged_lines_cost_themselves_only() {
    Reading reading = read("ip -6 mroute show", "(fd00::1,ff05::1) Iif: e1 Oifs: e2\n(x)\nwhat\n");

    assertThat(reading.unread()).hasSize(2);
    assertThat(only(reading, Fact.MulticastRoutes.class).listing().entries()).hasSize(1);
    assertThat(only(reading, Fact.MulticastRoutes.class).family()).isEqualTo(IpFamily.IPV6);
  }
}
