package io.packetwalk.read.command;

import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import java.util.ArrayList;
import java.util.List;

/** A command with its output as a test writes it down, and what a reader makes of it. */
public record Shown(CommandRun run, Reading reading) {
  public static final String FILE = "node1.txt";

  public static Shown by(CommandReader reader, String command, String output) {
    return by(reader, run(command, output, false));
  }

  public static Shown withGap(CommandReader reader, String command, String output) {
    return by(reader, run(command, output, true));
  }

  private static Shown by(CommandReader reader, CommandRun run) {
    if (reader.recognise(run).isEmpty()) {
      throw new AssertionError("not recognised: " + run.words());
    }
    return new Shown(run, reader.read(run));
  }

  public static CommandRun run(String command, String output, boolean gap) {
    Line prompt = new Line(FILE, 1, "root@node1:~# " + command);
    List<Line> lines = new ArrayList<>();
    int number = 2;
    for (String text : output.lines().toList()) {
      lines.add(new Line(FILE, number++, text.stripTrailing()));
    }
    return new CommandRun(new Place.Host("node1"), List.of(command.split(" ")), prompt, lines, gap);
  }

  /** The only fact of this kind. */
  public <T extends Fact> T fact(Class<T> kind) {
    List<T> facts = facts(kind);
    if (facts.size() != 1) {
      throw new AssertionError(facts.size() + " facts of " + kind + " in " + reading);
    }
    return facts.getFirst();
  }

  public <T extends Fact> List<T> facts(Class<T> kind) {
    return reading.facts().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  public List<String> unread() {
    return reading.unread().stream().map(line -> line.line().text().strip()).toList();
  }
}
