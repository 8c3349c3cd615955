package io.packetwalk.cli;

import io.packetwalk.cli.flows.FlowRun;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.report.Asked;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk trace}: packets' ways through a state, and their answers'. */
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description = "Walks a packet from FROM to TO, hop by hop, and the answer to it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk trace -s ticket.txt shop/api-0 svc/shop/cart",
      "  packetwalk trace -s state/ shop/api-0 cart.shop.svc.cluster.local:80",
      "  packetwalk trace -s state/ shop/api-0 10.244.189.69 --proto icmp --size 1452",
      "  packetwalk trace -s bundle.tar.gz node/worker1 shop/cart-0:8080 -o json",
      "  packetwalk trace -s ticket.txt --as-of ticket.txt:120 shop/api-0 shop/cart-0",
      "  packetwalk trace -s state/ shop/api-0 svc/shop/cart -o html >walk.html",
      "  packetwalk trace -s state/ --flows questions.jsonl >answers.jsonl",
      "",
      "With --flows, every line asks one question:",
      "  {\"from\": \"shop/api-0\", \"to\": \"10.1.2.3\", \"proto\": \"udp\", \"dport\": 53,",
      "   \"sport\": 41001, \"size\": 200, \"expect\": \"delivered\"}",
      "Only from and to are needed. Where something is expected, a table on standard",
      "error tells what differs, and the exit status is 1 if anything does.",
      "",
      "Exit status: 0 delivered or left as predicted, 1 dropped, rejected or looped,",
      "2 undetermined, 64 the question is wrong, 65 the input can't be read.",
    })
final class TraceCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state;
  @Mixin private PacketOptions packet;
  @Mixin private WalkDetail detail;
  @Mixin private OutputOptions output;

  @Option(
      names = "--flows",
      paramLabel = "FILE",
      description = "Asks every question of this file of JSON lines; - is standard input.")
  private Optional<String> flows;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "FROM",
      description = "[pod/]NS/POD, [node/]NAME, NODE:NETNS or an address.")
  private Optional<String> from;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TO",
      description = {
        "[pod/]NS/POD[:PORT], svc/NS/NAME[:PORT], node/NAME[:PORT], NODE:NETNS, ADDRESS[:PORT], "
            + "[IPV6]:PORT, or a name that cluster DNS answers: NAME.NS[.svc.DOMAIN][:PORT]."
      })
  private Optional<String> to;

  TraceCommand() {}

  @Override
  public Integer call() throws IOException {
    if (flows.isPresent()) {
      return flows(flows.get());
    }
    Asked asked = new Asked(needed(from, "FROM"), needed(to, "TO"));
    try {
      WalkAnswer answer = WalkAnswer.of(state.read(), asked, packet.probe(), detail, output);
      command.commandLine().getOut().print(answer.text());
      command.commandLine().getOut().flush();
      return answer.status().code();
    } catch (QuestionFault fault) {
      throw wrong(String.valueOf(fault.getMessage()));
    }
  }

  private int flows(String file) throws IOException {
    if (from.isPresent()) {
      throw wrong("either FROM and TO, or --flows");
    }
    FlowRun run = new FlowRun(state.read(), packet.probe(), detail::of);
    return run.answer(file, command.commandLine().getOut(), command.commandLine().getErr()).code();
  }

  private String needed(Optional<String> end, String label) {
    return end.orElseThrow(() -> wrong("which %s? Give FROM and TO, or --flows".formatted(label)));
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
