package io.packetwalk.proof.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.capture.tap.TapName;
import io.packetwalk.correlate.place.Placing;
import io.packetwalk.model.Snapshot;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Captures of the labs under names that say nothing, against where they really were taken. */
final class PlacingTest {
  private static final Path LABS =
      Path.of("").toAbsolutePath().getParent().resolveSibling("shared/data/labs");

  private int right;
  private int unplaced;
  private final List<String> wrong = new ArrayList<>();

  @Test
  void captures_are_placed_by_the_addresses_in_them_and_never_at_a_wrong_device()
      throws IOException {
    assumeTrue(Files.isDirectory(LABS), "the labs aren't beside the project");
    try (Stream<Path> folders = Files.list(LABS)) {
      for (Path lab : folders.sorted().toList()) {
        Snapshot snapshot = StateReader.read(StateLoader.load(lab.resolve("state")));
        place(CaptureFile.find(List.of(lab.resolve("captures"))), snapshot);
      }
    }
    System.out.println(right + " placed, " + unplaced + " not, wrong: " + wrong);
    assertThat(wrong).isEmpty();
    assertThat(right).isGreaterThan(unplaced);
  }

  private void place(List<CaptureFile> named, Snapshot snapshot) throws IOException {
    List<CaptureFile> nameless = new ArrayList<>();
    for (int number = 0; number < named.size(); number++) {
      nameless.add(
          new CaptureFile(named.get(number).path(), number + ".pcap", Optional.empty(), false));
    }
    TapBook book = new TapBook(nameless, Map.of(), Map.of(), snapshot);
    try (MergedCaptures captures = MergedCaptures.open(nameless, MergedCaptures.Correction.NONE)) {
      Map<TapBook.TapKey, Tap> guesses = Placing.of(captures, book, TunnelPorts.STANDARD, snapshot);
      unplaced += named.size() - guesses.size();
      guesses.forEach((key, guess) -> {
        TapName truth = named.get(key.capture()).name().orElseThrow();
        assertThat(guess.isSure()).isFalse();
        if (truth.equals(new TapName(guess.place(), guess.device()))) {
          right++;
        } else if (!isOtherEnd(truth, guess)) {
          wrong.add(truth + " taken for " + guess.name());
        }
      });
    }
  }

  /** The frames of a pod's cable are the same at both ends. */
  private static boolean isOtherEnd(TapName truth, Tap guess) {
    return truth.place().isHost()
        && !guess.place().isHost()
        && truth.place().node().equals(guess.place().node());
  }
}
