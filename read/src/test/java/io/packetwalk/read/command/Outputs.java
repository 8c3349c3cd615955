package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.openflow.OpenflowReaders;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import io.packetwalk.read.transcript.TextCleaner;
import java.util.ArrayList;
import java.util.List;

/** Commands with outputs for the readers of {@code ip} and of Open vSwitch. */
final class Outputs {
  private Outputs() {}

  static CommandRun run(String command, String output) {
    Line prompt = new Line("f", 1, "root@n1:~# " + command);
    List<Line> lines = new ArrayList<>();
    for (Line line : TextCleaner.lines("f", output)) {
      lines.add(new Line("f", line.number() + 1, line.text()));
    }
    return new CommandRun(
        new Place.Host("n1"), List.of(command.split(" ", -1)), prompt, lines, false);
  }

  static Reading read(String command, String output) {
    CommandRun run = run(command, output);
    List<CommandReader> readers = new ArrayList<>(IpReaders.all());
    readers.addAll(OpenflowReaders.all());
    for (CommandReader reader : readers) {
      if (reader.recognise(run).isPresent()) {
        return reader.read(run);
      }
    }
    throw new AssertionError("nobody reads " + command);
  }

  static <T extends Fact> List<T> facts(Reading reading, Class<T> type) {
    return reading.facts().stream().filter(type::isInstance).map(type::cast).toList();
  }

  static <T extends Fact> T only(Reading reading, Class<T> type) {
    List<T> facts = facts(reading, type);
    if (facts.size() != 1) {
      throw new AssertionError(facts.size() + " facts of " + type.getSimpleName());
    }
    return facts.getFirst();
  }
}
