package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapChunksTest {
  private static final int MICROSECONDS = 0xa1b2c3d4;

  @TempDir Path folder;

  @Test
  void every_record_is_taken_once_whatever_the_length_of_the_pieces() throws IOException {
    ByteBuffer capture = capture(ByteOrder.LITTLE_ENDIAN, lengths(7, 200, 300));
    for (int piece = 1; piece < 900; piece += 7) {
      assertThat(numbers(written(capture, capture.position()), piece))
          .as("pieces of %d bytes", piece)
          .isEqualTo(upTo(200));
    }
  }

  @Test
  void a_record_may_span_many_pieces() throws IOException {
    ByteBuffer capture = capture(ByteOrder.BIG_ENDIAN, List.of(4, 5_000, 0, 9_000, 4));
    assertThat(numbers(written(capture, capture.position()), 64)).isEqualTo(upTo(5));
  }

  @Test
  void threads_share_the_records_without_losing_or_repeating_one() throws Exception {
    ByteBuffer capture = capture(ByteOrder.LITTLE_ENDIAN, lengths(11, 20_000, 60));
    Path file = written(capture, capture.position());
    try (PcapChunks chunks = PcapChunks.open(file, 512).orElseThrow();
        ExecutorService threads = Executors.newFixedThreadPool(5)) {
      Callable<List<Integer>> reading = () -> numbers(chunks);
      List<Integer> all = new ArrayList<>();
      for (Future<List<Integer>> some : threads.invokeAll(Collections.nCopies(5, reading))) {
        all.addAll(some.get());
      }
      assertThat(all.stream().sorted()).containsExactlyElementsOf(upTo(20_000));
    }
  }

  @Test
  void a_capture_that_is_cut_off_gives_the_records_before_the_cut() throws IOException {
    ByteBuffer capture = capture(ByteOrder.LITTLE_ENDIAN, Collections.nCopies(20, 30));
    int record = 16 + 30;
    for (int length = 24; length < capture.position(); length++) {
      assertThat(numbers(written(capture, length), 100))
          .as("cut off at %d", length)
          .isEqualTo(upTo((length - 24) / record));
    }
  }

  @Test
  void a_record_of_impossible_length_ends_the_chunks() throws IOException {
    for (int impossible : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 300_000}) {
      ByteBuffer capture = capture(ByteOrder.LITTLE_ENDIAN, Collections.nCopies(9, 10));
      capture.putInt(24 + 5 * 26 + 8, impossible);
      assertThat(numbers(written(capture, capture.position()), 40))
          .as("captured length %d", impossible)
          .isEqualTo(upTo(5));
    }
  }

  @Test
  void other_formats_and_stumps_are_not_cut() throws IOException {
    Path pcapng = Files.write(folder.resolve("a.pcapng"), new byte[] {0x0a, 0x0d, 0x0d, 0x0a});
    assertThat(PcapChunks.open(pcapng, 100)).isEmpty();
    ByteBuffer capture = capture(ByteOrder.LITTLE_ENDIAN, List.of());
    assertThat(PcapChunks.open(written(capture, 20), 100)).isEmpty();
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<Integer> lengths(long seed, int count, int bound) {
    return new Random(seed).ints(count, 4, bound).boxed().toList();
  }

  /** Records of these lengths, whose time is their number. */
  private static ByteBuffer capture(ByteOrder order, List<Integer> lengths) {
    int size = lengths.stream().mapToInt(length -> length + 16).sum();
    ByteBuffer capture = ByteBuffer.allocate(24 + size).order(order);
    capture.putInt(MICROSECONDS).putShort((short) 2).putShort((short) 4).putLong(0);
    capture.putInt(65_535).putInt(1);
    for (int number = 0; number < lengths.size(); number++) {
      int length = lengths.get(number);
      capture.putInt(number).putInt(0).putInt(length).putInt(length).put(new byte[length]);
    }
    return capture;
  }

  private Path written(ByteBuffer capture, int length) throws IOException {
    byte[] bytes = new byte[length];
    capture.get(0, bytes);
    return Files.write(folder.resolve("capture.pcap"), bytes);
  }

  private static List<Integer> numbers(Path file, int piece) throws IOException {
    try (PcapChunks chunks = PcapChunks.open(file, piece).orElseThrow()) {
      return numbers(chunks);
    }
  }

  private static List<Integer> numbers(PcapChunks chunks) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    ByteBuffer buffer = chunks.buffer();
    while (chunks.next(buffer)) {
      for (int at = buffer.position(); at < buffer.limit(); at += 16 + buffer.getInt(at + 8)) {
        numbers.add(buffer.getInt(at));
      }
    }
    return numbers;
  }
}
