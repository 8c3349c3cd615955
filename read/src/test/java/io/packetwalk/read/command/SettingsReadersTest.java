package io.packetwalk.read.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.net.Sysctl;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsReadersTest {
  private final CommandReader sysctl = new SysctlReader();
  private final CommandReader files = new ProcSysReader();

  private static List<String> settings(Shown shown) {
    return shown.facts(Fact.Settings.class).stream()
        .flatMap(fact -> fact.settings().stream())
        .map(setting -> setting.key() + "=" + setting.value())
        .toList();
  }

  @Test
  void names_and_values_are_read_with_slashes_for_dots() {
    Shown shown =
        Shown.by(
            sysctl,
            "sysctl -a --pattern rp_filter",
            """
            net.ipv4.conf.all.rp_filter = 1   # strict
            net.ipv4.conf.vxlan/calico.rp_filter = 0
            net.ipv4.tcp_rmem = 4096\t131072\t6291456
            """);
    assertThat(settings(shown))
        .containsExactly(
            "net/ipv4/conf/all/rp_filter=1",
            "net/ipv4/conf/vxlan.calico/rp_filter=0",
            "net/ipv4/tcp_rmem=4096\t131072\t6291456");
  }

  @Test
  void bare_values_get_their_names_from_the_command_line() {
    Shown shown =
        Shown.by(sysctl, "sysctl -n net.ipv4.ip_forward net.ipv4.conf.all.rp_filter", "1\n2\n");
    assertThat(settings(shown))
        .containsExactly("net/ipv4/ip_forward=1", "net/ipv4/conf/all/rp_filter=2");
  }

  @Test
  void a_missing_setting_leaves_bare_values_without_names() {
    Shown shown =
        Shown.by(
            sysctl,
            "sysctl -n net.ipv4.nothing net.ipv4.ip_forward",
            "sysctl: cannot stat /proc/sys/net/ipv4/nothing: No such file\n1\n");
    assertThat(settings(shown)).isEmpty();
    assertThat(shown.unread()).hasSize(2);
  }

  @Test
  void files_give_their_values_in_order() {
    Shown shown =
        Shown.by(
            files,
            "cat /proc/sys/net/ipv4/conf/cali1/proxy_arp /proc/sys/net/ipv4/ip_forward",
            "1\n0\n");
    assertThat(settings(shown))
        .containsExactly("net/ipv4/conf/cali1/proxy_arp=1", "net/ipv4/ip_forward=0");
  }

  @Test
  void values_of_a_pattern_can_t_be_told_apart() {
    Shown shown = Shown.by(files, "cat /proc/sys/net/ipv4/conf/*/rp_filter", "0\n1\n");
    assertThat(settings(shown)).isEmpty();
    assertThat(shown.unread()).containsExactly("0", "1");
  }

  @Test
  void grep_and_head_name_the_files() {
    Shown grep =
        Shown.by(
            files,
            "grep . /proc/sys/net/ipv4/conf/*/rp_filter",
            """
            /proc/sys/net/ipv4/conf/all/rp_filter:0
            /proc/sys/net/ipv4/conf/eth0.5/rp_filter:1
            """);
    assertThat(settings(grep))
        .containsExactly("net/ipv4/conf/all/rp_filter=0", "net/ipv4/conf/eth0.5/rp_filter=1");
    Shown head =
        Shown.by(
            files,
            "head /proc/sys/net/ipv4/conf/*/rp_filter",
            "==> /proc/sys/net/ipv4/conf/all/rp_filter <==\n0\n");
    assertThat(settings(head)).containsExactly("net/ipv4/conf/all/rp_filter=0");
  }

  @Test
  void writing_a_file_is_a_setting_at_that_moment() {
    Shown shown = Shown.by(files, "echo 1 > /proc/sys/net/ipv4/ip_forward", "");
    assertThat(settings(shown)).containsExactly("net/ipv4/ip_forward=1");
    Shown refused =
        Shown.by(
            files,
            "echo 1 > /proc/sys/net/ipv4/ip_forward",
            "bash: /proc/sys/net/ipv4/ip_forward: Permission denied\n");
    assertThat(settings(refused)).isEmpty();
  }

  @Test
  void a_device_name_with_dots_stays_one_part_of_the_key() {
    assertThat(Sysctl.key("net.ipv4.conf.vxlan/calico.rp_filter"))
        .isEqualTo("net/ipv4/conf/vxlan.calico/rp_filter");
    assertThat(Sysctl.key("net/ipv4/conf/vxlan.calico/rp_filter"))
        .isEqualTo("net/ipv4/conf/vxlan.calico/rp_filter");
    assertThat(Sysctl.key("net.ipv4.conf.eth0.100.rp_filter"))
        .isEqualTo("net/ipv4/conf/eth0.100/rp_filter");
    assertThat(Sysctl.key("/proc/sys/net/ipv4/ip_forward")).isEqualTo("net/ipv4/ip_forward");
  }

  @Test
  void without_br_netfilter_bridges_give_nothing_to_netfilter() {
    for (String said :
        List.of(
            "sysctl: cannot stat /proc/sys/net/bridge/bridge-nf-call-iptables: No such file or"
                + " directory",
            "sysctl: error: 'net.bridge.bridge-nf-call-iptables' is an unknown key")) {
      Shown shown = Shown.by(new SysctlReader(), "sysctl net.bridge.bridge-nf-call-iptables", said);
      assertThat(shown.unread()).isEmpty();
      assertThat(shown.fact(Fact.Settings.class).settings())
          .extracting(setting -> setting.key() + "=" + setting.value())
          .containsExactly("net/bridge/bridge-nf-call-iptables=0");
    }
  }
}
