package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk demo}: the main job on the state that ships with the program. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Walks a packet through a sample that ships with the program, real output of a real kernel:"
          + " calico-ipip (IP-in-IP as Calico sets it up), or antrea-geneve (Open vSwitch and"
          + " Geneve as Antrea does)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk demo",
      "  packetwalk demo antrea-geneve",
      "  packetwalk demo -v | less",
      "  packetwalk demo -o json",
      "  packetwalk demo --live"
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private WalkDetail detail;
  @Mixin private OutputOptions output;

  @Option(
      names = "--live",
      description =
          "Builds such a cluster on this machine, sends a real packet, and lays what was seen "
              + "beside what was predicted.")
  private boolean live;

  @Parameters(
      arity = "0..1",
      paramLabel = "SAMPLE",
      defaultValue = "calico-ipip",
      description = "Which sample. Default: calico-ipip")
  private String name;

  DemoCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Sample sample = Sample.of(name).orElseThrow(this::unknown);
    if (live) {
      return new LiveDemo(command, output, sample.kind()).run();
    }
    WalkAnswer answer = answer(sample);
    PrintWriter out = command.commandLine().getOut();
    if (output.isText()) {
      sample.introduction().forEach(out::println);
      out.println();
    }
    out.print(answer.text());
    if (output.isText()) {
      suggest(sample, out);
    }
    out.flush();
    return answer.status().code();
  }

  private ParameterException unknown() {
    List<String> known = Sample.ALL.stream().map(Sample::label).toList();
    return new ParameterException(
        command.commandLine(),
        "no sample is called '%s'; there are %s".formatted(name, String.join(" and ", known)));
  }

  private WalkAnswer answer(Sample sample) throws IOException {
    try {
      return WalkAnswer.of(
          StateReader.read(sample.load()), sample.asked(), ProbeOptions.NONE, detail, output);
    } catch (QuestionFault fault) {
      throw new UnreadableInputException("the sample: " + fault.getMessage());
    }
  }

  /** What to try next, as commands that work where this one did. */
  private void suggest(Sample sample, PrintWriter out) {
    String program = command.root().name();
    out.println();
    out.println("Next:");
    Path folder = Path.of(System.getProperty("packetwalk.home", ""), sample.folder());
    if (Files.isDirectory(folder)) {
      String state = shortest(folder);
      out.println("  " + program + " state -s " + state);
      sample
          .others()
          .forEach(question -> out.println("  " + program + " trace -s " + state + " " + question));
    }
    Sample.ALL.stream()
        .filter(other -> !other.equals(sample))
        .forEach(other -> out.println("  " + program + " demo " + other.label()));
    out.println(
        "  "
            + program
            + " demo "
            + (sample.equals(Sample.CALICO_IPIP) ? "-v" : sample.label() + " -v"));
    out.println("  " + program + " state -s YOUR-TICKET.txt");
  }

  /** As seen from the working folder when it is inside of it. */
  private static String shortest(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    Path there = folder.toAbsolutePath().normalize();
    return there.startsWith(here) ? here.relativize(there).toString() : there.toString();
  }
}
