package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.Asked;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code packetwalk demo}: the main job on the state that ships with the program. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Walks a packet through the sample: two nodes, Calico-style IP-in-IP, real output of a real "
          + "kernel."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String SAMPLE = "samples/calico-ipip/state";
  private static final Asked ASKED =
      new Asked("shop/api-7c9f8d6b54-x2k4p", "shop/cart-6bb7f9c4d8-9tqzl:8080");

  @Spec private CommandSpec command;
  @Mixin private OutputOptions output;

  DemoCommand() {}

  @Override
  public Integer call() {
    Path state = Path.of(System.getProperty("packetwalk.home", ""), SAMPLE);
    WalkAnswer answer = answer(state);
    command
        .commandLine()
        .getErr()
        .println(
            "packetwalk: this is  %s trace -s %s %s %s"
                .formatted(command.root().name(), state, ASKED.from(), ASKED.to()));
    command.commandLine().getOut().print(answer.text());
    command.commandLine().getOut().flush();
    return answer.status().code();
  }

  private WalkAnswer answer(Path state) {
    try {
      return WalkAnswer.of(
          StateReader.read(StateOptions.load(state)), ASKED, ProbeOptions.NONE, output);
    } catch (QuestionFault fault) {
      throw new UnreadableInputException(state + ": " + fault.getMessage());
    }
  }
}
