package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.capture.ByteSource;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Corpus;
import io.packetwalk.wire.capture.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus's Ethernet frames with random bytes changed or their ends cut off, decoded by the
 * tshark that is installed and here: {@code -Ddamaged.seed=N}, {@code -Ddamaged.frames=N}.
 */
class DamagedFramesTest {
  private static final Path TSHARK = Path.of("/usr/bin/tshark");
  private static final long SEED = Long.getLong("damaged.seed", 20_261_128L);
  private static final int FRAMES = Integer.getInteger("damaged.frames", 4_000);
  private static final int GLOBAL_HEADER = 24;

  @Test
  void what_two_decoders_both_see_in_a_damaged_frame_is_the_same(@TempDir Path folder)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(TSHARK), "tshark isn't installed");
    byte[] capture = capture();
    Path file = folder.resolve("damaged.pcap");
    Files.write(file, capture);
    CaptureReader reader = CaptureReader.open(ByteSource.of(capture));
    Agreement agreement = new Agreement();
    Decoder decoder = new Decoder();
    for (Map<String, String> row : tshark(file)) {
      assertThat(reader.next()).isTrue();
      agreement.compareFrame("damaged", row, reader.frame(), decoder);
    }
    agreement.print("damaged, seed " + SEED);
    agreement.unexplained().forEach(difference -> System.out.println("damaged: " + difference));
    assertThat(agreement.share()).isGreaterThanOrEqualTo(99.9);
    assertThat(agreement.values()).isGreaterThan(4 * FRAMES);
  }

  /** A capture of damaged frames, taken evenly from the whole corpus. */
  private static byte[] capture() throws IOException {
    Random chance = new Random(SEED);
    ByteArrayOutputStream capture = new ByteArrayOutputStream();
    capture.writeBytes(
        words(GLOBAL_HEADER, 0xa1b2c3d4, 0x00040002, 0, 0, 262_144, LinkType.ETHERNET.number()));
    List<byte[]> frames = frames();
    for (int index = 0; index < FRAMES; index++) {
      byte[] frame = damaged(frames.get(chance.nextInt(frames.size())), chance);
      capture.writeBytes(words(16, index, 0, frame.length, frame.length));
      capture.writeBytes(frame);
    }
    return capture.toByteArray();
  }

  private static byte[] damaged(byte[] whole, Random chance) {
    boolean cut = chance.nextInt(4) == 0;
    int length = cut ? 1 + chance.nextInt(whole.length) : whole.length;
    byte[] frame = Arrays.copyOf(whole, length);
    int rarity = chance.nextBoolean() ? 30 : 250;
    for (int index = 0; index < frame.length; index++) {
      if (chance.nextInt(rarity) == 0) {
        frame[index] = (byte) chance.nextInt(256);
      }
    }
    return frame;
  }

  private static List<byte[]> frames() throws IOException {
    List<byte[]> frames = new ArrayList<>();
    for (String name : Corpus.names()) {
      CaptureReader reader = Corpus.open(name);
      for (int count = 0; count < 30 && reader.next(); count++) {
        Frame frame = reader.frame();
        if (frame.linkType().equals(LinkType.ETHERNET) && frame.content().length() > 14) {
          frames.add(frame.content().toArray());
        }
      }
    }
    return frames;
  }

  private static byte[] words(int length, int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    return buffer.array();
  }

  private static List<Map<String, String>> tshark(Path file)
      throws IOException, InterruptedException {
    List<String> fields = new ArrayList<>(List.of("frame.number", "frame.protocols"));
    fields.addAll(Agreement.FIELDS);
    List<String> command =
        new ArrayList<>(
            List.of(TSHARK.toString(), "-n", "-r", file.toString(), "-o", "ip.defragment:FALSE"));
    command.addAll(List.of("-o", "tcp.desegment_tcp_streams:FALSE", "-T", "fields"));
    fields.forEach(field -> command.addAll(List.of("-e", field)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.lines().map(line -> row(fields, line)).toList();
  }

  private static Map<String, String> row(List<String> fields, String line) {
    String[] cells = line.split("\t", -1);
    Map<String, String> row = new LinkedHashMap<>();
    for (int index = 0; index < cells.length; index++) {
      row.put(fields.get(index), cells[index]);
    }
    return row;
  }
}
