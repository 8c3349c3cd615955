package io.packetwalk.cli;

import io.packetwalk.capture.CaptureInput;
import io.packetwalk.capture.filter.FilterSyntaxException;
import io.packetwalk.capture.filter.FrameFilter;
import io.packetwalk.capture.filter.InnerFilter;
import io.packetwalk.capture.filter.PcapFilter;
import io.packetwalk.wire.decode.Tunnel;
import io.packetwalk.wire.decode.TunnelPorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code packetwalk decode}: captures, with every encapsulation. */
@Command(
    name = "decode",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what is in captures, through every encapsulation.",
      "Reads pcap and pcapng, also when compressed with gzip or zstd."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:everything was read", "65:a file isn't a capture, or is damaged"})
final class DecodeCommand implements Callable<Integer> {
  /** How a packet is shown. */
  enum Form {
    BLOCK,
    LINE,
    JSON
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "captures; - is standard input")
  private final List<Path> files = new ArrayList<>();

  @Option(
      names = {"-s", "--state"},
      paramLabel = "STATE",
      description = "a state whose pods, Services and nodes name the addresses")
  private @Nullable Path state;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "text (default) or json: one object a line")
  private String output = "text";

  @Option(
      names = {"-1", "--one-line"},
      description = "one line a packet")
  private boolean oneLine;

  @Option(
      names = {"-v", "--verbose"},
      description = "every field, with the headers drawn")
  private boolean verbose;

  @Option(names = "--summary", description = "conversations by encapsulation instead of packets")
  private boolean summary;

  @Option(
      names = {"-f", "--filter"},
      paramLabel = "EXPRESSION",
      description = "on the outer headers, in the language of tcpdump (needs libpcap)")
  private String filter = "";

  @Option(
      names = {"-i", "--inner"},
      paramLabel = "EXPRESSION",
      description =
          "on every layer through all tunnels: host ADDRESS, net BLOCK, port NUMBER, vni NUMBER, "
              + "tcp, udp, icmp, vxlan, …; src, dst; and, or, not, ( )")
  private String inner = "";

  @Option(
      names = {"-n", "--count"},
      paramLabel = "NUMBER",
      description = "at most this many packets")
  private long count = Long.MAX_VALUE;

  @Option(
      names = "--port",
      paramLabel = "PORT=TUNNEL",
      description =
          "which UDP port is which tunnel: vxlan, vxlan_gpe, geneve, gtp, gue, fou, mpls, esp, "
              + "wireguard; stt for a TCP port")
  private final Map<Integer, Tunnel> ports = new LinkedHashMap<>();

  @Option(names = "--no-guess", description = "nothing is guessed about other ports")
  private boolean withoutGuesses;

  @Override
  public Integer call() throws IOException {
    CommandLine command = commandLine();
    PrintWriter errors = command.getErr();
    FrameFilter frames = filter();
    DecodeState known = state == null ? DecodeState.NONE : DecodeState.of(state);
    DecodeRun run =
        new DecodeRun(tunnelPorts(known.ports()), frames, count, known.names(), command);
    boolean damaged = false;
    try {
      for (Path file : files) {
        if (summary && run.summarise(file)) {
          continue;
        }
        try (CaptureInput input = open(file)) {
          Optional<String> damage =
              summary ? run.summarise(input) : run.show(file.toString(), input, form(), verbose);
          damage.ifPresent(text -> errors.println("packetwalk: " + file + ": " + text));
          damaged |= damage.isPresent();
        }
        if (run.isOver()) {
          break;
        }
      }
      if (summary) {
        run.printSummary(form() == Form.JSON);
      }
    } finally {
      run.flush();
      if (frames instanceof PcapFilter program) {
        program.close();
      }
    }
    return damaged ? ExitStatus.UNREADABLE_INPUT.code() : 0;
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new IllegalStateException("not run from a command line");
    }
    return spec.commandLine();
  }

  private static CaptureInput open(Path file) throws IOException {
    return file.toString().equals("-") ? CaptureInput.of(System.in) : CaptureInput.open(file);
  }

  private Form form() {
    return switch (output) {
      case "text" -> oneLine ? Form.LINE : Form.BLOCK;
      case "json" -> Form.JSON;
      default -> throw wrong("--output is text or json, not " + output);
    };
  }

  /** What a state tells, then what the options tell. */
  private TunnelPorts tunnelPorts(Map<Integer, Tunnel> ofState) {
    TunnelPorts known = TunnelPorts.STANDARD;
    for (Map.Entry<Integer, Tunnel> port : ofState.entrySet()) {
      known = known.with(port.getKey(), port.getValue());
    }
    for (Map.Entry<Integer, Tunnel> port : ports.entrySet()) {
      if (port.getKey() < 0 || port.getKey() > 0xffff) {
        throw wrong("--port: " + port.getKey() + " is no port");
      }
      known = known.with(port.getKey(), port.getValue());
    }
    return withoutGuesses ? known.withoutGuesses() : known;
  }

  private FrameFilter filter() {
    FrameFilter frames = new FrameFilter.All();
    try {
      if (!filter.isBlank()) {
        frames = PcapFilter.compile(filter);
      }
    } catch (FilterSyntaxException wrong) {
      throw wrong("--filter: " + wrong.getMessage());
    }
    try {
      return inner.isBlank() ? frames : new FrameFilter.Both(frames, InnerFilter.parse(inner));
    } catch (FilterSyntaxException wrong) {
      throw wrong("--inner: " + wrong.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(commandLine(), message);
  }
}
