package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversationCountTest {
  private static final Path CAPTURES = Path.of("../../shared/data/captures");
  private static final int LIMIT = 100_000;

  @TempDir Path folder;

  @Test
  void threads_count_what_one_counts() throws IOException {
    int compared = 0;
    for (Path file : captures()) {
      Optional<Conversations> counted = count(file, LIMIT);
      if (counted.isPresent()) {
        Conversations inOrder = inOrder(file);
        assertThat(counted.get().list()).as("%s", file).isEqualTo(inOrder.list());
        assertThat(counted.get().packets()).as("%s", file).isEqualTo(inOrder.packets());
        assertThat(counted.get().bytes()).as("%s", file).isEqualTo(inOrder.bytes());
        compared++;
      }
    }
    System.out.println("captures counted by three threads as by one: " + compared);
    assertThat(compared).isGreaterThan(100);
  }

  @Test
  void a_damaged_file_is_counted_in_order() throws IOException {
    Path whole =
        captures().stream().filter(ConversationCountTest::isCounted).findFirst().orElseThrow();
    byte[] bytes = Files.readAllBytes(whole);
    for (int cut = 1; cut < 40; cut++) {
      Path file = folder.resolve("cut.pcap");
      Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
      assertThat(count(file, LIMIT)).isEmpty();
    }
  }

  @Test
  void more_conversations_than_the_limit_are_counted_in_order() throws IOException {
    Path several =
        captures().stream()
            .filter(file -> isCounted(file) && size(file) > 2)
            .findFirst()
            .orElseThrow();
    assertThat(count(several, 2)).isEmpty();
  }

  private static boolean isCounted(Path file) {
    return size(file) > 0;
  }

  private static int size(Path file) {
    return count(file, LIMIT).map(Conversations::size).orElse(0);
  }

  private static Optional<Conversations> count(Path file, int limit) {
    try {
      return ConversationCount.of(file, TunnelPorts.STANDARD, limit, 3, 300, position -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Conversations inOrder(Path file) throws IOException {
    Conversations conversations = new Conversations(LIMIT);
    Dissector dissector = new Dissector(TunnelPorts.STANDARD);
    Dissection dissection = new Dissection();
    try (CaptureInput input = CaptureInput.open(file)) {
      CaptureReader reader = input.reader();
      while (reader.next()) {
        dissector.dissect(
            reader.linkType(),
            reader.buffer(),
            reader.frameOffset(),
            reader.captured(),
            reader.original(),
            dissection);
        conversations.add(dissection);
      }
    }
    return conversations;
  }

  private static List<Path> captures() throws IOException {
    assumeTrue(Files.isDirectory(CAPTURES), "the captures aren't beside the project");
    try (Stream<Path> files = Files.walk(CAPTURES)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().endsWith("cap"))
          .sorted()
          .toList();
    }
  }
}
