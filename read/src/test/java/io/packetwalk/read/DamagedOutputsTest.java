package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.TextCleaner;
import io.packetwalk.read.transcript.Transcript;
import io.packetwalk.read.transcript.TranscriptSplitter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Real outputs, damaged as copying and pasting damages them, through the readers of their commands.
 * What is damaged how follows from a seed: {@code -Ddamaged.seed=N}; how often, {@code
 * -Ddamaged.rounds=N}.
 */
class DamagedOutputsTest {
  private static final long SEED = Long.getLong("damaged.seed", 20_261_128L);
  private static final int ROUNDS = Integer.getInteger("damaged.rounds", 3);

  /** A longer output is damaged in its first lines only: what its reader does repeats itself. */
  private static final int LINES = 120;

  @Test
  void damage_costs_lines_and_never_the_reading() throws IOException {
    List<CommandRun> runs = runs();
    Random chance = new Random(SEED);
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      for (CommandRun run : runs) {
        read += read(new Damage(chance).to(run));
      }
    }
    System.out.printf("seed %d: %d damaged outputs were read%n", SEED, read);
    assertThat(read).isGreaterThan(ROUNDS * runs.size() / 2);
  }

  private static int read(CommandRun run) {
    for (CommandReader reader : Readers.all()) {
      if (reader.recognise(run).isPresent()) {
        assertThat(readWith(reader, run).unread())
            .hasSizeLessThanOrEqualTo(2 * run.output().size() + 1);
        return 1;
      }
    }
    return 0;
  }

  private static Reading readWith(CommandReader reader, CommandRun run) {
    try {
      return reader.read(run);
    } catch (RuntimeException defect) {
      String text = String.join("\n", run.output().stream().map(Line::text).toList());
      throw new AssertionError(
          "%s of seed %d:%n%s%n%s".formatted(reader, SEED, run.words(), text), defect);
    }
  }

  private static List<CommandRun> runs() throws IOException {
    List<CommandRun> runs = new ArrayList<>();
    for (Path state : List.of(Path.of("../samples"), SharedData.path("."))) {
      for (StateFile file : StateLoader.load(state).files()) {
        List<Line> lines = TextCleaner.lines(file.path(), file.text());
        TranscriptSplitter.split(file.path(), lines, lines.size()).entries().stream()
            .map(Transcript.Entry::run)
            .filter(run -> !run.output().isEmpty())
            .forEach(runs::add);
      }
    }
    return runs;
  }

  /** One way in which an output gets damaged. */
  private record Damage(Random chance) {
    private static final List<String> STRANGE =
        List.of(
            "",
            "0x",
            "-",
            "/",
            ":",
            "@",
            "%",
            "4294967296",
            "-1",
            "99999999999999999999",
            "\"",
            "{",
            "]",
            "::",
            "1.2.3",
            "é😀",
            "0/0",
            "=",
            ",",
            "dev",
            "via",
            "\u0000");

    CommandRun to(CommandRun run) {
      List<Line> lines = new ArrayList<>();
      int length = Math.min(LINES, run.output().size());
      int start = chance.nextInt(run.output().size() - length + 1);
      int every = 1 + chance.nextInt(8);
      for (Line line : run.output().subList(start, start + length)) {
        if (chance.nextInt(every) > 0) {
          lines.add(line);
        } else {
          damaged(line.text())
              .forEach(text -> lines.add(new Line(line.file(), line.number(), text)));
        }
      }
      return new CommandRun(run.place(), words(run.words()), run.prompt(), lines, run.gap());
    }

    private List<String> words(List<String> words) {
      if (chance.nextInt(10) > 0 || words.size() < 2) {
        return words;
      }
      List<String> fewer = new ArrayList<>(words);
      fewer.set(1 + chance.nextInt(words.size() - 1), strange());
      return fewer;
    }

    private List<String> damaged(String text) {
      return switch (chance.nextInt(8)) {
        case 0 -> List.of();
        case 1 -> List.of(text, text);
        case 2 -> List.of(text.substring(0, chance.nextInt(text.length() + 1)));
        case 3 -> List.of(text.substring(chance.nextInt(text.length() + 1)));
        case 4 -> List.of(wordInstead(text, strange()));
        case 5 -> List.of(wordInstead(text, ""));
        case 6 -> List.of(text + " " + strange());
        default -> List.of(characterInstead(text));
      };
    }

    private String strange() {
      return STRANGE.get(chance.nextInt(STRANGE.size()));
    }

    private String wordInstead(String text, String instead) {
      String[] words = text.split(" ", -1);
      words[chance.nextInt(words.length)] = instead;
      return String.join(" ", words);
    }

    private String characterInstead(String text) {
      int at = chance.nextInt(text.length() + 1);
      char other = (char) (32 + chance.nextInt(95));
      return text.substring(0, at) + other + text.substring(Math.min(text.length(), at + 1));
    }
  }
}
