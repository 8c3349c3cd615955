package io.packetwalk.fuzz;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Readers;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import java.util.ArrayList;
import java.util.List;

/** An output as a fuzzer writes it: the command on the first line, what it printed behind. */
final class CommandOfAnyText {
  private CommandOfAnyText() {}

  static CommandRun run(String text) {
    List<Line> lines = new ArrayList<>();
    text.lines().forEach(line -> lines.add(new Line("f.txt", lines.size() + 1, line)));
    Line prompt = lines.isEmpty() ? new Line("f.txt", 1, "") : lines.getFirst();
    List<String> words = List.of(prompt.text().strip().split("\\s+", -1));
    List<Line> output = lines.isEmpty() ? lines : lines.subList(1, lines.size());
    return new CommandRun(new Place.Host("node1"), words, prompt, output, false);
  }

  /**
   * Reads the command with whichever reader takes it.
   *
   * @return how many lines stayed unread
   */
  static int read(CommandRun run) {
    for (CommandReader reader : Readers.all()) {
      if (reader.recognise(run).isPresent()) {
        Reading reading = reader.read(run);
        return reading.unread().size();
      }
    }
    return 0;
  }
}
