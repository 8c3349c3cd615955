package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.read.transcript.CommandRun;
import java.util.List;

/** One output as a fuzzer writes it, for commands that are given. */
final class OutputOfAnyText {
  private OutputOfAnyText() {}

  /** Each line is read or reported, once, whichever of the commands printed it. */
  static void readAs(byte[] input, String... commands) {
    CommandRun shape = CommandOfAnyText.run("# \n" + InputText.of(input));
    for (String command : commands) {
      CommandRun run =
          new CommandRun(
              shape.place(), List.of(command.split(" ")), shape.prompt(), shape.output(), false);
      assertThat(CommandOfAnyText.read(run)).isLessThanOrEqualTo(run.output().size() + 1);
    }
  }
}
