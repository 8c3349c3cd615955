package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.TapLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TapLogTest {
  private static final String SAID =
      """
      tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
      120 packets captured
      131 packets received by filter
      11 packets dropped by kernel
      2 packets dropped by interface
      """;

  @Test
  void what_the_kernel_and_the_device_dropped_was_lost() {
    assertThat(TapLog.of(SAID).lost()).hasValue(13);
    assertThat(TapLog.of("0 packets dropped by kernel").lost()).hasValue(0);
    assertThat(TapLog.of("tcpdump: no permission").lost()).isEmpty();
  }

  @Test
  void the_log_beside_a_capture_belongs_to_it(@TempDir Path folder) throws IOException {
    Path capture = Files.createFile(folder.resolve("eth0.pcap"));
    Path other = Files.createFile(folder.resolve("eth1.pcap"));
    Files.writeString(folder.resolve("eth0.pcap.log"), SAID);
    List<CaptureFile> found = CaptureFile.find(List.of(capture, other));
    assertThat(found.getFirst().log().lost()).hasValue(13);
    assertThat(found.getLast().log().lost()).isEmpty();
  }

  @Test
  void the_times_between_which_a_tap_ran_and_its_filter_are_read() {
    TapLog log =
        TapLog.of(
            """
            setpriv --pdeathsig KILL tcpdump -i eth0 -n -p -U -s 0 -w /tmp/eth0.pcap 'arp or (host 10.0.0.1)'
            capturing from 2026-11-28T10:00:00.000000001Z
            3 packets captured
            3 packets received by filter
            0 packets dropped by kernel
            capturing until 2026-11-28T10:00:09.500000000Z
            """);
    assertThat(log.filter()).hasValue("arp or (host 10.0.0.1)");
    assertThat(log.ended().getAsLong() - log.started().getAsLong()).isEqualTo(9_499_999_999L);
    assertThat(TapLog.of("capturing until 2026-99-28T10:00:09.5Z").ended()).isEmpty();
  }

  @Test
  void a_command_of_tcpdump_tells_its_filter_as_the_shell_took_it() {
    assertThat(filter("root@w1:~# tcpdump -ni eth0 -w a.pcap host 10.0.0.1 and port 80"))
        .hasValue("host 10.0.0.1 and port 80");
    assertThat(filter("$ sudo tcpdump -i any -s0 -c 100 -w a.pcap")).hasValue("");
    assertThat(filter("tcpdump -w a.pcap -i eth0 'tcp[13] & 2 != 0' 2>/dev/null &"))
        .hasValue("tcp[13] & 2 != 0");
    assertThat(filter("tcpdump -w a.pcap \"ip proto \\\\icmp\" ")).hasValue("ip proto \\icmp");
    assertThat(filter("tcpdump -n -i eth0 host 10.0.0.1")).as("it writes nothing").isEmpty();
    assertThat(filter("tcpdump -i eth0 -Q in -w a.pcap").orElse("")).contains("-Q in");
    assertThat(filter("tcpdump -w a.pcap tcp\ntcpdump -w b.pcap udp")).as("which?").isEmpty();
  }

  private static Optional<String> filter(String line) {
    return TapLog.of(line).filter();
  }
}
