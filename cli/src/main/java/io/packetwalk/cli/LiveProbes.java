package io.packetwalk.cli;

import io.packetwalk.cli.capture.TapPlan;
import io.packetwalk.gather.Reach;
import io.packetwalk.gather.tap.TapPoint;
import io.packetwalk.lab.AgentRun;
import io.packetwalk.lab.Lab;
import io.packetwalk.lab.LabProbe;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Probes that are sent from the namespace where a predicted packet starts.
 *
 * @param sites where that namespace may be
 * @param interval seconds between two
 */
record LiveProbes(List<Lab.Site> sites, int count, double interval) {
  LiveProbes {
    sites = List.copyOf(sites);
  }

  /**
   * Sends them.
   *
   * @return what is to be noted about it
   */
  List<String> send(Walk walk) throws IOException, InterruptedException {
    Question question = walk.question();
    Step first = walk.forward().branches().getFirst().steps().getFirst();
    Optional<TapPoint> start = TapPlan.point(first.place(), first.device(), sites);
    if (start.isEmpty()) {
      return List.of(
          "no probe was sent: %s, where it would start, can't be entered from here"
              .formatted(first.place()));
    }
    Path folder = Files.createTempDirectory("packetwalk-probe");
    try {
      AgentRun.unpack(folder);
      Reach reach = start.get().reach();
      List<LabProbe> probes = probes(question, start.get(), count);
      List<AgentRun.Result> results = AgentRun.send(reach, folder, probes, interval);
      long answered = results.stream().filter(one -> one.result().equals("reply")).count();
      List<String> notes = new ArrayList<>();
      notes.add("%d probes sent, %d answered".formatted(probes.size(), answered));
      results.stream()
          .map(AgentRun.Result::result)
          .filter(result -> !result.equals("reply"))
          .distinct()
          .forEach(result -> notes.add("a probe's sender was told " + result));
      return notes;
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<LabProbe> probes(Question question, TapPoint start, int count) {
    String protocol =
        switch (question.probe()) {
          case Probe.TcpSyn _ -> "tcp";
          case Probe.UdpDatagram _ -> "udp";
          case Probe.SctpInit _ -> throw new UnreadableInputException("SCTP can't be sent yet");
          case Probe.IcmpMessage _ -> "icmp";
        };
    int port =
        switch (question.probe()) {
          case Probe.TcpSyn tcp -> tcp.destinationPort();
          case Probe.UdpDatagram udp -> udp.destinationPort();
          case Probe.SctpInit sctp -> sctp.destinationPort();
          case Probe.IcmpMessage _ -> 0;
        };
    int serial = (int) (System.nanoTime() / 1000 % 19_000);
    List<LabProbe> probes = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      probes.add(
          LabProbe.of(
              index,
              serial + index,
              new LabProbe.Sender(start.node(), start.node(), ""),
              question.to().toString(),
              question.to().toString(),
              port,
              protocol,
              Math.max(question.probe().size(), 24)));
    }
    return probes;
  }
}
