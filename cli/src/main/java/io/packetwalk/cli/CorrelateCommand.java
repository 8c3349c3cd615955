package io.packetwalk.cli;

import io.packetwalk.capture.tap.CaptureFile;
import io.packetwalk.capture.tap.TapName;
import io.packetwalk.cli.question.ProbeOptions;
import io.packetwalk.cli.question.QuestionFault;
import io.packetwalk.cli.question.Questions;
import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.survey.Conformity;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.explain.Explanation;
import io.packetwalk.model.Snapshot;
import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.correlation.ComparisonJson;
import io.packetwalk.report.correlation.ComparisonText;
import io.packetwalk.report.correlation.SurveyJson;
import io.packetwalk.report.correlation.SurveyText;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk correlate}: captures from many places beside what was predicted. */
@Command(
    name = "correlate",
    mixinStandardHelpOptions = true,
    description = {
      "Recognises the same packets in captures from many places, and lays what was seen beside "
          + "what was predicted: from FROM to TO, or of everything that was captured."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  packetwalk correlate -s state/ shop/api-0 svc/shop/cart captures/",
      "  packetwalk correlate -s state/ shop/api-0 10.1.2.3:53 --proto udp captures/ -o json",
      "  packetwalk correlate -s state/ captures/",
      "  packetwalk correlate -s state/ captures.tar.gz",
      "  packetwalk correlate -s state/ captures/ -o pcapng -w all.pcapng",
      "  packetwalk correlate -s state/ a.pcap b.pcap --tap a.pcap=worker1/host/eth0",
      "",
      "A capture says where it was taken by its path (node/namespace/device.pcap), by the",
      "names of its interfaces (pcapng), or by --tap. The node's own namespace is 'host'.",
      "-o pcapng writes one capture of all, or of the packets from FROM to TO, with the",
      "same packet identifier wherever a packet was seen.",
      "",
      "Exit status: 0 arrived (without FROM TO: everything is as predicted), 1 died or went",
      "elsewhere (something isn't as predicted), 2 the captures don't tell,",
      "64 the question is wrong, 65 a capture or the state can't be read, 74 input failed.",
    })
final class CorrelateCommand implements Callable<Integer> {
  @Spec private CommandSpec command;
  @Mixin private StateOptions state;
  @Mixin private PacketOptions packet;
  @Mixin private OutputOptions output;

  @Option(
      names = "--tap",
      paramLabel = "FILE=NODE/NETNS/DEVICE",
      description = "Where this file was captured.")
  private final Map<String, String> taps = new LinkedHashMap<>();

  @Option(
      names = {"-w", "--write"},
      paramLabel = "FILE",
      description = "The file for -o pcapng. Default: standard output")
  private Optional<Path> target;

  @Parameters(
      arity = "1..*",
      paramLabel = "[FROM TO] CAPTURE",
      description =
          "The ends of a packet's way as for trace, then captures: files, folders and archives.")
  private final List<String> words = new ArrayList<>();

  CorrelateCommand() {}

  @Override
  public Integer call() throws IOException {
    boolean asks = words.size() > 2 && !Files.exists(Path.of(words.getFirst()));
    List<Path> places =
        words.subList(asks ? 2 : 0, words.size()).stream().map(word -> Path.of(word)).toList();
    for (Path place : places) {
      if (!Files.exists(place)) {
        throw wrong("there is no capture '%s'".formatted(place));
      }
    }
    try (UnpackedCaptures unpacked = new UnpackedCaptures()) {
      List<CaptureFile> files = CaptureFile.find(places, unpacked);
      if (files.isEmpty()) {
        throw new UnreadableInputException("no capture (.pcap, .pcapng, .cap) is in " + places);
      }
      return answer(files, asks);
    }
  }

  private int answer(List<CaptureFile> files, boolean asks) throws IOException {
    Snapshot snapshot = state.read();
    try (CorrelateProgress progress = CorrelateProgress.of(files, command.commandLine().getErr())) {
      CorrelateRun run = new CorrelateRun(snapshot, files, told(), progress);
      return asks ? compare(snapshot, run) : survey(snapshot, run);
    }
  }

  private int survey(Snapshot snapshot, CorrelateRun run) throws IOException {
    if (output.isPcapng()) {
      write(run, Optional.empty());
      return ExitStatus.DELIVERED.code();
    }
    SurveyReport report = run.survey();
    PrintWriter out = command.commandLine().getOut();
    if (output.isJson()) {
      SurveyJson.write(report, out::println);
    } else {
      out.print(SurveyText.of(report, new Names(snapshot), output.paper()));
    }
    out.flush();
    boolean differs =
        report.flows().stream().anyMatch(flow -> flow.conformity() == Conformity.DIFFERS);
    return (differs ? ExitStatus.NOT_DELIVERED : ExitStatus.DELIVERED).code();
  }

  private void write(CorrelateRun run, Optional<Comparison> compared) throws IOException {
    try (OutputStream stream =
        new BufferedOutputStream(
            target.isPresent()
                ? Files.newOutputStream(target.get())
                : new FileOutputStream(FileDescriptor.out))) {
      run.merge(stream, compared);
    }
  }

  private int compare(Snapshot snapshot, CorrelateRun run) throws IOException {
    Asked asked = new Asked(words.get(0), words.get(1));
    ProbeOptions probe = packet.probe();
    try {
      Walk walk =
          Walker.walk(snapshot, new Questions(snapshot).ask(asked.from(), asked.to(), probe));
      Comparison comparison = run.compare(walk, probe.sourcePort());
      Explanation explanation = Explanation.of(comparison);
      if (output.isPcapng()) {
        write(run, Optional.of(comparison));
        return status(explanation).code();
      }
      String text =
          output.isJson()
              ? ComparisonJson.of(comparison, explanation, asked) + "\n"
              : new ComparisonText(new Names(snapshot), output.paper())
                  .of(comparison, explanation, asked);
      command.commandLine().getOut().print(text);
      command.commandLine().getOut().flush();
      return status(explanation).code();
    } catch (QuestionFault fault) {
      throw wrong(String.valueOf(fault.getMessage()));
    }
  }

  /** What an ending tells the shell. */
  static ExitStatus status(Explanation explanation) {
    return switch (explanation.ending()) {
      case ARRIVED -> ExitStatus.DELIVERED;
      case DIED, REFUSED, PARTED, ENDED_AS_PREDICTED -> ExitStatus.NOT_DELIVERED;
      case UNKNOWN -> ExitStatus.UNDETERMINED;
    };
  }

  private Map<String, TapName> told() {
    Map<String, TapName> told = new LinkedHashMap<>();
    taps.forEach((file, place) ->
        told.put(
            file,
            TapName.parse(place)
                .orElseThrow(() -> wrong("--tap: '%s' is no NODE/NETNS/DEVICE".formatted(place)))));
    return told;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
