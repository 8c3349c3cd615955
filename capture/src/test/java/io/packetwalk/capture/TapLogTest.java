package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.TapLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(TapLog.lost(SAID)).hasValue(13);
    assertThat(TapLog.lost("0 packets dropped by kernel")).hasValue(0);
    assertThat(TapLog.lost("tcpdump: no permission")).isEmpty();
  }

  @Test
  void the_log_beside_a_capture_belongs_to_it(@TempDir Path folder) throws IOException {
    Path capture = Files.createFile(folder.resolve("eth0.pcap"));
    Path other = Files.createFile(folder.resolve("eth1.pcap"));
    Files.writeString(folder.resolve("eth0.pcap.log"), SAID);
    List<CaptureFile> found = CaptureFile.find(List.of(capture, other));
    assertThat(found.getFirst().lost()).hasValue(13);
    assertThat(found.getLast().lost()).isEmpty();
  }
}
