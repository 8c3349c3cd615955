package io.packetwalk.cli;

import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.tour.Stop;
import io.packetwalk.lab.tour.Tour;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk lab tour}: a guided walk through a cluster. */
@Command(
    name = "tour",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how a cluster carries a packet: its devices, neighbours and routes, one after the "
          + "other with what they mean, then a real packet and its predicted walk.",
      "A lab that isn't up is built for it, and ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  sudo packetwalk lab tour calico-vxlan"})
final class LabTourCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private OutputOptions output;
  @Mixin private WalkDetail detail;

  @Parameters(paramLabel = "NAME", description = "One that 'packetwalk lab list' lists.")
  private String name;

  @Option(names = "--no-pause", description = "Doesn't wait for the Enter key between the stops.")
  private boolean noPause;

  LabTourCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClusterKind kind = LabUpCommand.kind(command, name);
    Optional<Lab> running = Lab.find(kind.label());
    Lab lab;
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      lab = running.isPresent() ? running.get() : Lab.up(kind, false, notice::at);
    }
    try {
      return tour(lab);
    } finally {
      if (running.isEmpty()) {
        Lab.down(lab.name());
      }
    }
  }

  private int tour(Lab lab) throws IOException, InterruptedException {
    PrintWriter out = command.commandLine().getOut();
    BufferedReader keys =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Stop> stops = Tour.of(lab.plan());
    for (int index = 0; index < stops.size(); index++) {
      Stop stop = stops.get(index);
      out.println("%d/%d  %s".formatted(index + 1, stops.size() + 1, stop.title()));
      out.println();
      out.println(stop.text());
      for (Stop.Look look : stop.looks()) {
        look(lab, look, out);
      }
      pause(out, keys);
    }
    out.println("%d/%d  The packet".formatted(stops.size() + 1, stops.size() + 1));
    out.println();
    return packet(lab, out);
  }

  private static void look(Lab lab, Stop.Look look, PrintWriter out)
      throws IOException, InterruptedException {
    Output output = CommandRun.of(lab.inside(look.netns()), look.command(), Limits.SHORT);
    out.println("    root@" + look.place() + ":~# " + String.join(" ", look.command()));
    output.text().lines().forEach(line -> out.println("    " + line.stripTrailing()));
    out.println();
  }

  private void pause(PrintWriter out, BufferedReader keys) throws IOException {
    out.flush();
    if (noPause || System.getProperty("packetwalk.columns") == null) {
      return;
    }
    out.print("[Enter] ");
    out.flush();
    keys.readLine();
    out.println();
  }

  private int packet(Lab lab, PrintWriter out) throws IOException, InterruptedException {
    try (LivePacket packet = send(lab)) {
      out.println(LabProbeCommand.line(packet.outcome()));
      out.println("This is how it went there, predicted from the tables you have seen:");
      out.println();
      WalkAnswer answer =
          WalkAnswer.of(packet.snapshot(), packet.asked(), ProbeOptions.NONE, detail, output);
      out.print(answer.text());
      out.println();
      out.println("And this is what captures at every device saw of it:");
      out.println();
      return packet.show(out, output).code();
    } catch (QuestionFault fault) {
      throw new IllegalStateException(fault);
    }
  }

  private LivePacket send(Lab lab) throws IOException, InterruptedException {
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      notice.at("sending a packet, with captures at every device");
      return LivePacket.send(lab);
    }
  }
}
