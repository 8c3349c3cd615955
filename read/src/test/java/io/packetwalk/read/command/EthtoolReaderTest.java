package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.DeviceFeature.Topic;
import io.packetwalk.read.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class EthtoolReaderTest {
  private final EthtoolReader reader = new EthtoolReader();

  private List<DeviceFeature> read(String command, String output) {
    return Shown.by(reader, command, output).fact(Fact.Features.class).listing().entries();
  }

  @Test
  void offloads_statistics_and_the_driver_are_told_apart() {
    List<DeviceFeature> offloads =
        read(
            "ethtool -k veth0",
            "Features for veth0:\nrx-checksumming: on\n\ttx-checksum-ipv4: off [fixed]\n");
    assertThat(offloads)
        .extracting(DeviceFeature::name)
        .containsExactly("rx-checksumming", "tx-checksum-ipv4");
    assertThat(offloads.getLast().value()).isEqualTo("off [fixed]");
    List<DeviceFeature> statistics =
        read("ethtool -S veth0", "NIC statistics:\n     peer_ifindex: 7\n");
    assertThat(statistics.getFirst().topic()).isEqualTo(Topic.STATISTIC);
    assertThat(statistics.getFirst().value()).isEqualTo("7");
    List<DeviceFeature> driver = read("ethtool -i veth0", "driver: veth\nbus-info:\n");
    assertThat(driver.getFirst().topic()).isEqualTo(Topic.DRIVER);
    assertThat(driver.getLast().value()).isEmpty();
  }

  @Test
  void asked_for_all_devices_it_tells_of_each_below_its_own_header() {
    assertThat(
            read(
                "ethtool -k '*'",
                "Features for lo:\n"
                    + "tx-checksumming: on\n\n"
                    + "Features for eth0:\n"
                    + "tx-checksumming: off\n"))
        .extracting(feature -> feature.device() + " " + feature.value())
        .containsExactly("lo on", "eth0 off");
  }

  @Test
  void a_message_is_left_unread() {
    Shown shown =
        Shown.by(reader, "ethtool -k eth9", "Cannot get device feature names: No such device\n");
    assertThat(shown.reading().facts()).isEmpty();
    assertThat(shown.unread()).hasSize(1);
  }
}
