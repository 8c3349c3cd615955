package io.packetwalk.cli;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Output;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.PlannedPod;
import io.packetwalk.lab.tour.Stop;
import io.packetwalk.lab.tour.Tour;
import io.packetwalk.report.text.Printable;
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
      "Shows how a cluster carries a packet: its devices, neighbours and routes, one after the"
          + " other with what they mean, then a real packet: as predicted, on the wire, and as"
          + " every device saw it.",
      "A lab that isn't up is built for it, and ended."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  sudo packetwalk lab tour calico-vxlan",
      "  packetwalk lab tour calico-ipip       # without root: in a kernel of its own",
      "  sudo packetwalk lab tour bridge --no-pause | less",
    })
final class LabTourCommand implements Callable<Integer> {
  /** The packet itself: predicted, on the wire, and both beside each other. */
  private static final int PACKET_STOPS = 3;

  private static final String PREDICTED =
      """
      From the tables that you have seen, the packet's way can be told before it is sent. Every device that
      it passes is in this picture, where a double line is the packet inside of another one; the
      hop limit (ttl) is one less behind each stack that forwards it.
      """;

  private static final String SEEN =
      """
      The same packet, captured at every device at once, and its answer. A tick means that it was there as
      predicted, in this order; the times are from the device before.
      """;

  @Spec private CommandSpec command;
  @Mixin private OutputOptions output;

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
    LivePacket.greet(lab);
    List<Stop> stops = Tour.of(lab.plan());
    out.println(Tour.introduction(lab.plan()));
    pause(out, keys);
    int count = stops.size() + PACKET_STOPS;
    for (int index = 0; index < stops.size(); index++) {
      Stop stop = stops.get(index);
      heading(out, index + 1, count, stop.title());
      out.println(stop.text());
      for (Stop.Look look : stop.looks()) {
        look(lab, look, out);
      }
      pause(out, keys);
    }
    return packet(lab, out, keys, count);
  }

  private static void heading(PrintWriter out, int number, int count, String title) {
    out.println("%d/%d  %s".formatted(number, count, title));
    out.println();
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

  private int packet(Lab lab, PrintWriter out, BufferedReader keys, int count)
      throws IOException, InterruptedException {
    PlannedPod from = Tour.from(lab.plan());
    PlannedPod to = Tour.to(lab.plan());
    try (LivePacket packet = send(lab)) {
      heading(out, count - 2, count, "The packet, predicted");
      out.println(PREDICTED);
      out.println(packet.overview(output).stripTrailing());
      out.println();
      pause(out, keys);

      heading(out, count - 1, count, "The packet, on the wire");
      out.println(LabProbeCommand.line(packet.outcome()));
      out.println();
      out.println(Tour.onTheWire(lab.plan()));
      packet
          .frameAt(from.node().name(), Tour.uplink())
          .forEach(line -> out.println("  " + Printable.of(line)));
      out.println();
      pause(out, keys);

      heading(out, count, count, "The packet, predicted beside seen");
      out.println(SEEN);
      ExitStatus status = packet.show(out, output);
      out.println();
      out.println(
          """
          Next, with 'packetwalk lab up %1$s':
            packetwalk lab trace %2$s %3$s
                                         every decision on the way, with the line of the table that made it
            packetwalk lab break         the faults that can be put in; then trace and probe again
            packetwalk lab shell %2$s     look around yourself\
          """
              .formatted(lab.plan().kind().label(), from.app(), to.app()));
      out.flush();
      return status.code();
    }
  }

  private LivePacket send(Lab lab) throws IOException, InterruptedException {
    try (StepNotice notice = new StepNotice(command.commandLine().getErr())) {
      notice.at("sending a packet, with captures at every device");
      return LivePacket.send(lab);
    }
  }
}
