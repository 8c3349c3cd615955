package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.Asked;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code packetwalk demo}: the main job on the state that ships with the program. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Walks a packet through the sample: two nodes, Calico-style IP-in-IP, real output of a real "
          + "kernel."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk demo",
      "  packetwalk demo -v | less",
      "  packetwalk demo -o json",
      "  packetwalk demo --live"
    })
final class DemoCommand implements Callable<Integer> {
  private static final Asked ASKED =
      new Asked("shop/api-7c9f8d6b54-x2k4p", "shop/cart-6bb7f9c4d8-9tqzl:8080");

  @Spec private CommandSpec command;
  @Mixin private WalkDetail detail;
  @Mixin private OutputOptions output;

  @Option(
      names = "--live",
      description =
          "Builds such a cluster on this machine, sends a real packet, and lays what was seen "
              + "beside what was predicted.")
  private boolean live;

  DemoCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (live) {
      return new LiveDemo(command, output).run();
    }
    WalkAnswer answer = answer();
    PrintWriter out = command.commandLine().getOut();
    if (!output.isJson()) {
      out.println(
          "Two nodes with three pods, and IP-in-IP between the nodes as Calico sets it up.");
      out.println(
          "A real kernel printed the lines that are quoted. api opens a connection to cart:");
      out.println();
    }
    out.print(answer.text());
    if (!output.isJson()) {
      suggest(out);
    }
    out.flush();
    return answer.status().code();
  }

  private WalkAnswer answer() throws IOException {
    try {
      return WalkAnswer.of(
          StateReader.read(Sample.load()), ASKED, ProbeOptions.NONE, detail, output);
    } catch (QuestionFault fault) {
      throw new UnreadableInputException("the sample: " + fault.getMessage());
    }
  }

  /** What to try next, as commands that work where this one did. */
  private void suggest(PrintWriter out) {
    String program = command.root().name();
    out.println();
    out.println("Next:");
    Path folder = Path.of(System.getProperty("packetwalk.home", ""), Sample.FOLDER);
    if (Files.isDirectory(folder)) {
      String state = shortest(folder);
      String trace = "  " + program + " trace -s " + state;
      out.println("  " + program + " state -s " + state);
      out.println(trace + " " + ASKED.from() + " shop/cart-6bb7f9c4d8-9tqzl -6");
      out.println(trace + " node/worker1 shop/front-5d4c8b79f6-m8rtz --size 2000 -v");
    }
    out.println("  " + program + " demo -v");
    out.println("  " + program + " state -s YOUR-TICKET.txt");
  }

  /** As seen from the working folder when it is inside of it. */
  private static String shortest(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    Path there = folder.toAbsolutePath().normalize();
    return there.startsWith(here) ? here.relativize(there).toString() : there.toString();
  }
}
