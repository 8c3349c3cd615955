package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.wire.capture.ByteSource;
import io.packetwalk.wire.capture.CaptureReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The project's own captures, decoded by the tshark that is installed and here. */
class TsharkTest {
  private static final Path TSHARK = Path.of("/usr/bin/tshark");
  private static final List<String> FIELDS =
      List.of(
          "eth.type",
          "ip.src",
          "ip.dst",
          "ip.proto",
          "ipv6.src",
          "ipv6.dst",
          "udp.srcport",
          "udp.dstport",
          "tcp.srcport",
          "tcp.dstport",
          "icmp.type",
          "icmp.code",
          "icmpv6.type",
          "icmpv6.code",
          "vxlan.vni",
          "geneve.vni",
          "gre.proto");

  @Test
  void every_field_of_every_sample_is_the_same() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(TSHARK), "tshark isn't installed");
    int frames = 0;
    for (Path capture : samples()) {
      List<String> theirs = tshark(capture);
      CaptureReader reader = CaptureReader.open(ByteSource.of(Files.readAllBytes(capture)));
      for (String line : theirs) {
        assertThat(reader.next()).isTrue();
        Map<String, String> fields = OracleFields.of(new Decoder().decode(reader.frame()).packet());
        String ours =
            String.join("\t", FIELDS.stream().map(name -> fields.getOrDefault(name, "")).toList());
        assertThat(ours).as("%s #%d", capture, reader.number()).isEqualTo(line);
        frames++;
      }
      assertThat(reader.next()).isFalse();
    }
    System.out.println("tshark: " + frames + " frames of the samples agree");
    assertThat(frames).isGreaterThan(100);
  }

  private static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../samples"))) {
      return files.filter(file -> file.toString().endsWith(".pcap")).sorted().toList();
    }
  }

  private static List<String> tshark(Path capture) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                TSHARK.toString(),
                "-n",
                "-r",
                capture.toString(),
                "-o",
                "ip.defragment:FALSE",
                "-T",
                "fields"));
    FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().toList();
  }
}
