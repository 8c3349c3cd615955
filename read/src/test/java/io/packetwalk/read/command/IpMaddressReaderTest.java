package io.packetwalk.read.command;

import static io.packetwalk.read.command.Outputs.only;
import static io.packetwalk.read.command.Outputs.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.GroupMembership;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.wire.IpAddress;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class IpMaddressReaderTest {
  private static final String SHOWN =
      "1:\tlo\n\tinet  224.0.0.1\n\tinet6 ff02::1\n"
          + "2:\teth0\n\tlink  33:33:00:00:00:fb users 2\n\tinet  224.0.0.251 users 3\n";

  @Test
  void a_group_belongs_to_the_device_above_it() {
    Reading reading = read("ip maddr", SHOWN);

    assertThat(reading.unread()).isEmpty();
    assertThat(only(reading, Fact.Groups.class).listing().entries())
        .extracting(GroupMembership::device, GroupMembership::group)
        .containsExactly(
            Tuple.tuple("lo", IpAddress.of("224.0.0.1")),
            Tuple.tuple("lo", IpAddress.of("ff02::1")),
            Tuple.tuple("eth0", IpAddress.of("224.0.0.251")));
    assertThat(only(reading, Fact.Groups.class).listing().coverage()).isEqualTo(Coverage.COMPLETE);
  }

  @Test
  void one_device_or_one_version_isnt_all() {
    assertThat(only(read("ip maddr show dev eth0", SHOWN), Fact.Groups.class).listing().coverage())
        .isEqualTo(Coverage.PARTIAL);
    assertThat(only(read("ip -4 maddr", SHOWN), Fact.Groups.class).listing().coverage())
        .isEqualTo(Coverage.PARTIAL);
  }

  @Test
  void a_damaged_line_costs_itself_only() {
    Reading reading = read("ip maddr", SHOWN + "\tinet  224.0.0.999\n");

    assertThat(reading.unread()).hasSize(1);
    assertThat(only(reading, Fact.Groups.class).listing().entries()).hasSize(3);
  }
}
