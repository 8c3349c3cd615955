package io.packetwalk.cli;

import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.report.Asked;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk trace}: one packet's way through a state, and its answer's. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = "Walks a packet from FROM to TO, hop by hop, and the answer to it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk trace -s ticket.txt shop/api-0 svc/shop/cart",
      "  packetwalk trace -s state/ shop/api-0 10.244.189.69 --proto icmp --size 1452",
      "  packetwalk trace -s bundle.tar.gz node/worker1 shop/cart-0:8080 -o json",
      "  packetwalk trace -s ticket.txt --as-of ticket.txt:120 shop/api-0 shop/cart-0",
    })
final class TraceCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state;
  @Mixin private PacketOptions packet;
  @Mixin private OutputOptions output;

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "NS/POD, node/NAME, NODE:NETNS or an address.")
  private String from;

  @Parameters(
      index = "1",
      paramLabel = "TO",
      description = {
        "NS/POD[:PORT], svc/NS/NAME[:PORT], node/NAME[:PORT], NODE:NETNS, ADDRESS[:PORT] or "
            + "[IPV6]:PORT."
      })
  private String to;

  TraceCommand() {}

  @Override
  public Integer call() {
    try {
      WalkAnswer answer = WalkAnswer.of(state.read(), new Asked(from, to), packet.probe(), output);
      command.commandLine().getOut().print(answer.text());
      command.commandLine().getOut().flush();
      return answer.status().code();
    } catch (QuestionFault fault) {
      throw new ParameterException(command.commandLine(), String.valueOf(fault.getMessage()));
    }
  }
}
