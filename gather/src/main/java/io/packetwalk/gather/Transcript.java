package io.packetwalk.gather;

import java.util.ArrayList;
import java.util.List;

/** The text of a terminal on one machine: prompts, commands and what they printed. */
final class Transcript {
  private final String machine;
  private final StringBuilder text = new StringBuilder();

  Transcript(String machine) {
    this.machine = machine;
  }

  /** Adds a command as somebody at the machine would have typed it, and what it printed. */
  void add(Room room, List<String> command, Output output) {
    List<String> typed = new ArrayList<>(room.wrapper());
    typed.addAll(command);
    text.append("root@")
        .append(machine)
        .append(":~# ")
        .append(ShellWords.typed(typed))
        .append('\n');
    String shown = shown(command.getFirst(), output);
    text.append(shown);
    if (!shown.isEmpty() && !shown.endsWith("\n")) {
      text.append('\n');
    }
  }

  private static String shown(String program, Output output) {
    return switch (output.end()) {
      case Output.End.Exited exited -> output.text();
      case Output.End.NotStarted missing -> "-bash: " + program + ": command not found\n";
      case Output.End.OutOfTime late ->
          ended(output.text()) + "... (ended after " + late.seconds() + " s)\n";
      case Output.End.TooLong cut ->
          ended(output.text()) + "... (cut after " + cut.bytes() + " bytes)\n";
    };
  }

  /** A line that was cut off would be read as if it were whole. */
  private static String ended(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  String text() {
    return text.toString();
  }
}
