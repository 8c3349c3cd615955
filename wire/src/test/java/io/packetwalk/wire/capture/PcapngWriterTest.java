package io.packetwalk.wire.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapngWriterTest {
  private static final Frame FRAME =
      new Frame(
          1,
          LinkType.RAW_IP,
          1_700_000_000_123_456_789L,
          90,
          Bytes.fromHex("4500001d00004000400126de0a0000010a0000020800deca1234000107"));

  private static byte[] written() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PcapngWriter writer = new PcapngWriter(out::writeBytes, "packetwalk", "");
    writer.describe(CaptureInterface.of(LinkType.ETHERNET, 0, TimestampClock.MICROSECONDS));
    writer.describe(
        new CaptureInterface(
            LinkType.RAW_IP,
            0,
            "worker1/host/tunl0",
            "IP-in-IP",
            "ip",
            TimestampClock.NANOSECONDS));
    writer.names(Map.of(IpAddress.of("10.0.0.1"), List.of("pod.shop.cart")));
    writer.write(
        FRAME,
        new PcapngWriter.Annotation(
            List.of("step 3"), OptionalLong.of(0x1122334455667788L), OptionalInt.of(2)));
    writer.statistics(
        new CaptureNote.Statistics(1, 10, 0, -1),
        1_700_000_000_000_000_000L,
        1_700_000_001_000_000_000L);
    return out.toByteArray();
  }

  @Test
  void what_was_written_reads_back() {
    CaptureReader reader = CaptureReader.open(ByteSource.of(written()));
    assertThat(reader.next()).isTrue();
    assertThat(reader.frame()).isEqualTo(FRAME);
    assertThat(reader.comments()).containsExactly("step 3");
    assertThat(reader.next()).isFalse();
    assertThat(reader.fault()).isEmpty();
    assertThat(reader.interfaces())
        .extracting(CaptureInterface::name)
        .containsExactly("", "worker1/host/tunl0");
    assertThat(reader.interfaces().get(1).filter()).isEqualTo("ip");
    assertThat(reader.notes())
        .contains(
            new CaptureNote.Names(IpAddress.of("10.0.0.1"), List.of("pod.shop.cart")),
            new CaptureNote.Statistics(
                1,
                10,
                0,
                -1,
                OptionalLong.of(1_700_000_000_000_000_000L),
                OptionalLong.of(1_700_000_001_000_000_000L)));
  }

  @Test
  void tshark_reads_what_was_written(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path tshark = Path.of("/usr/bin/tshark");
    assumeTrue(Files.isExecutable(tshark), "tshark isn't installed");
    Path file = folder.resolve("written.pcapng");
    Files.write(file, written());
    Process process =
        new ProcessBuilder(
                tshark.toString(),
                "-r",
                file.toString(),
                "-T",
                "fields",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.time_epoch",
                "-e",
                "frame.comment",
                "-e",
                "ip.src")
            .redirectError(folder.resolve("errors").toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertThat(output.strip())
        .isEqualTo("worker1/host/tunl0\t1700000000.123456789\tstep 3\t10.0.0.1");
  }
}
