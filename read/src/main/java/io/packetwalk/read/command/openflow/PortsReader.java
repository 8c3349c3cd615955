package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.SwitchPort.PortState;
import io.packetwalk.model.openflow.SwitchPort.PortVlan;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads {@code ovs-ofctl show} and {@code dump-ports-desc}: {@code 48(backend1-bab86f):
 * addr:9e:bf:dd:84:e6:90}, with configuration and state below.
 */
final class PortsReader implements CommandReader {
  private static final Set<String> DETAILS =
      Set.of(
          "current:",
          "advertised:",
          "supported:",
          "peer:",
          "speed:",
          "n_tables:",
          "capabilities:",
          "actions:");

  @Override
  public Optional<String> recognise(CommandRun run) {
    return OfctlCommand.of(run)
        .filter(
            command -> command.name().equals("show") || command.name().equals("dump-ports-desc"))
        .map(command -> "ovs-ofctl show");
  }

  @Override
  public Reading read(CommandRun run) {
    String bridge = OfctlCommand.of(run).map(OfctlCommand::bridge).orElse("");
    List<SwitchPort> ports = new ArrayList<>();
    List<Fact> facts = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    for (Line line : run.output()) {
      Optional<SwitchPort> port = port(bridge, line);
      port.ifPresent(ports::add);
      boolean detail = port.isEmpty() && !ports.isEmpty() && detail(ports, line.text().strip());
      OptionalLong identifier = datapathId(line.text());
      identifier.ifPresent(
          id -> facts.add(new Fact.OfSwitch(bridge, new SwitchFact.DatapathId(id))));
      if (port.isEmpty() && !detail && identifier.isEmpty() && !isKnown(line)) {
        unread.add(new Reading.Unread(line, "not a port of a switch"));
      }
    }
    boolean one = OfctlCommand.of(run).map(command -> !command.filter().isEmpty()).orElse(false);
    boolean some = run.gap() || one || bridge.isEmpty();
    Coverage coverage = some ? Coverage.PARTIAL : Coverage.COMPLETE;
    facts.add(
        new Fact.SwitchPorts(
            bridge.isEmpty() ? Optional.empty() : Optional.of(bridge),
            new Listing<>(coverage, ports, List.of(run.prompt().source()))));
    return new Reading(facts, unread);
  }

  private static Optional<SwitchPort> port(String bridge, Line line) {
    String text = line.text().strip();
    int open = text.indexOf('(');
    int close = text.indexOf("):");
    if (open <= 0 || close < open) {
      return Optional.empty();
    }
    String number = text.substring(0, open);
    int known = number.equals("LOCAL") ? PortId.LOCAL : Numbers.decimal(number);
    if (known < 0 && known != PortId.LOCAL) {
      return Optional.empty();
    }
    String behind = text.substring(close + 2).strip();
    Optional<MacAddress> mac =
        behind.startsWith("addr:")
            ? MacAddress.parse(behind.substring(5).split("\\s", 2)[0])
            : Optional.empty();
    return Optional.of(
        new SwitchPort(
            bridge,
            Split.unquoted(text.substring(open + 1, close)),
            OptionalInt.of(known),
            mac,
            Optional.empty(),
            Map.of(),
            line.source()));
  }

  /** Whether a line told something about the last port. */
  private static boolean detail(List<SwitchPort> ports, String text) {
    SwitchPort last = ports.getLast();
    if (text.startsWith("config:")) {
      replace(ports, last, new PortState(words(text.substring(7)), last.state().state(), true));
      return true;
    }
    if (text.startsWith("state:")) {
      replace(
          ports, last, new PortState(last.state().configuration(), words(text.substring(6)), true));
      return true;
    }
    return false;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String word : text.strip().split("\\s+", -1)) {
      if (!word.isEmpty() && !word.equals("0")) {
        words.add(word);
      }
    }
    return words;
  }

  private static void replace(List<SwitchPort> ports, SwitchPort port, PortState state) {
    ports.set(
        ports.size() - 1,
        new SwitchPort(
            port.bridge(),
            port.device(),
            port.number(),
            port.mac(),
            port.type(),
            port.options(),
            PortVlan.NONE,
            state,
            Map.of(),
            port.source()));
  }

  /** {@code dpid:0000a2b3c4d5e6f7} behind the reply's name. */
  private static OptionalLong datapathId(String text) {
    int at = text.indexOf("dpid:");
    String digits = at < 0 ? "" : text.substring(at + 5).strip();
    return digits.length() == 16 ? Numbers.parse("0x" + digits) : OptionalLong.empty();
  }

  private static boolean isKnown(Line line) {
    String text = line.text().strip();
    int colon = text.indexOf(':');
    int comma = text.indexOf(',');
    String label = colon > 0 && (comma < 0 || colon < comma) ? text.substring(0, colon + 1) : "";
    return text.isEmpty()
        || DETAILS.contains(label)
        || text.startsWith("OFPT_")
        || text.startsWith("OFPST_")
        || text.startsWith("NXST_");
  }
}
