package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.capture.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureInputTest {
  private static final byte[] PCAP =
      Bytes.fromHex(
              "a1b2c3d4"
                  + "00020004"
                  + "00000000"
                  + "00000000"
                  + "0000ffff"
                  + "00000001"
                  + ("00000001" + "00000002" + "00000003" + "00000003" + "aabbcc").repeat(500))
          .toArray();

  @TempDir private Path folder;

  private List<Frame> read(byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("capture"), content);
    try (CaptureInput input = CaptureInput.open(file);
        CaptureInput stream = CaptureInput.of(new ByteArrayInputStream(content))) {
      List<Frame> frames = input.reader().frames();
      assertThat(stream.reader().frames()).isEqualTo(frames);
      assertThat(input.position()).isEqualTo(content.length);
      return frames;
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void plain_and_compressed_files_and_streams_have_the_same_frames() throws IOException {
    List<Frame> frames = read(PCAP);
    assertThat(frames).hasSize(500);
    assertThat(read(gzip(PCAP))).isEqualTo(frames);
    assertThat(read(Zstd.compress(PCAP))).isEqualTo(frames);
  }

  @Test
  void a_compressed_file_that_is_cut_off_gives_what_came_before_and_a_fault() throws IOException {
    byte[] whole = gzip(PCAP);
    Path file = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length / 2));
    try (CaptureInput input = CaptureInput.open(file)) {
      assertThat(input.reader().frames()).hasSizeLessThan(500);
      assertThat(input.reader().fault()).isPresent();
    }
  }

  @Test
  void an_empty_file_is_no_capture() throws IOException {
    Path file = Files.write(folder.resolve("empty"), new byte[0]);
    try (CaptureInput input = CaptureInput.open(file)) {
      assertThat(input.reader().next()).isFalse();
      assertThat(input.reader().fault()).isPresent();
    }
  }
}
