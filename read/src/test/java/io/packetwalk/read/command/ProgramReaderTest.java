package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.DeviceFeature;
import io.packetwalk.model.net.DeviceFeature.Topic;
import io.packetwalk.read.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramReaderTest {
  private final ProgramReader reader = new ProgramReader();

  private List<String> read(String command, String output) {
    return Shown.by(reader, command, output).fact(Fact.Features.class).listing().entries().stream()
        .filter(feature -> feature.topic() == Topic.PROGRAM)
        .map(ProgramReaderTest::place)
        .toList();
  }

  private static String place(DeviceFeature program) {
    return program.device() + " " + program.name();
  }

  @Test
  void attached_programs_are_told_by_device_and_direction() {
    String output =
        """
        xdp:
        eth0(2) driver id 12

        tc:
        cilium_host(10) clsact/egress bpf_host.o:[from-host] id 2740
        lxcdae72534e167(20) clsact/ingress bpf_lxc.o:[from-container] id 2806

        flow_dissector:

        """;
    assertThat(read("bpftool net show", output))
        .containsExactly("eth0 xdp", "cilium_host egress", "lxcdae72534e167 ingress");
  }

  @Test
  void a_filter_belongs_to_the_device_that_the_command_names() {
    String output = "filter protocol all pref 1 bpf chain 0 handle 0x1 bpf_lxc.o direct-action\n";
    assertThat(read("tc filter show dev lxc1 ingress", output)).containsExactly("lxc1 ingress");
    assertThat(read("tc filter show dev eth0 egress", output)).containsExactly("eth0 egress");
  }

  @Test
  void only_queues_that_lose_or_change_packets_count() {
    String output =
        """
        qdisc noqueue 0: dev lo root refcnt 2
        qdisc netem 8001: dev eth0 root refcnt 2 limit 1000 loss 10%
        """;
    assertThat(read("tc qdisc show", output)).containsExactly("eth0 egress");
  }
}
