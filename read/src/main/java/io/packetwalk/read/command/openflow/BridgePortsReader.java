package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.SwitchPort.PortState;
import io.packetwalk.model.openflow.SwitchPort.PortVlan;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code ovs-appctl dpif/show}, the ports of every bridge with their numbers, and {@code
 * ovs-vsctl list-ports BRIDGE}, their names alone.
 */
final class BridgePortsReader implements CommandReader {
  private static final Pattern PORT =
      Pattern.compile("\\s+(\\S+) ([0-9]+)/(?:[0-9]+|none): \\(([^:)]+)(?:: (.*))?\\)\\s*");
  private static final Pattern BRIDGE = Pattern.compile("\\s+(\\S+):(?: .*)?");
  private static final Pattern DATAPATH = Pattern.compile("(?<type>\\S+)@\\S+:.*");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean lists = run.word(0).equals("ovs-vsctl") && !asked(run).isEmpty();
    if (lists) {
      return Optional.of("ovs-vsctl list-ports");
    }
    return AppctlCommand.of(run)
        .filter(command -> command.name().equals("dpif/show"))
        .map(command -> "ovs-appctl dpif/show");
  }

  /** The bridge whose ports are listed. */
  private static String asked(CommandRun run) {
    for (int index = 1; index + 1 < run.words().size(); index++) {
      if (run.word(index).equals("list-ports") || run.word(index).equals("list-ifaces")) {
        return run.word(index + 1);
      }
    }
    return "";
  }

  @Override
  public Reading read(CommandRun run) {
    List<SwitchPort> ports = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    String bridge = asked(run);
    boolean names = !bridge.isEmpty();
    String type = "";
    Map<String, String> types = new TreeMap<>();
    for (Line line : run.output()) {
      Matcher port = PORT.matcher(line.text());
      Matcher heading = BRIDGE.matcher(line.text());
      Matcher datapath = DATAPATH.matcher(line.text());
      if (datapath.matches()) {
        type = datapath.group("type");
      }
      if (line.isBlank() || datapath.matches()) {
        continue;
      }
      if (names && line.text().strip().indexOf(' ') < 0) {
        ports.add(
            port(bridge, line.text().strip(), OptionalInt.empty(), Optional.empty(), "", line));
      } else if (port.matches() && !bridge.isEmpty()) {
        ports.add(
            port(
                bridge,
                port.group(1),
                number(port.group(2)),
                Optional.of(port.group(3).replace("dummy-", "")).filter(each -> isKnown(each)),
                Optional.ofNullable(port.group(4)).orElse(""),
                line));
      } else if (!names && heading.matches()) {
        bridge = heading.group(1);
        types.put(bridge, type);
      } else {
        unread.add(new Reading.Unread(line, "not a port of a switch"));
      }
    }
    Listing<SwitchPort> listing =
        new Listing<>(Coverage.PARTIAL, ports, List.of(run.prompt().source()));
    if (ports.isEmpty()) {
      return new Reading(List.of(), unread);
    }
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact.SwitchPorts(Optional.empty(), listing));
    types.values().removeIf(String::isEmpty);
    types.forEach(
        (name, kind) -> facts.add(new Fact.OfSwitch(name, new SwitchFact.DatapathType(kind))));
    return new Reading(facts, unread);
  }

  /** A device of the system has no type in the database. */
  private static boolean isKnown(String type) {
    return !type.equals("system");
  }

  private static OptionalInt number(String text) {
    int number = Numbers.decimal(text);
    return number < 0
        ? OptionalInt.empty()
        : OptionalInt.of(number == 0xfffe ? SwitchPort.LOCAL : number);
  }

  private static SwitchPort port(
      String bridge,
      String device,
      OptionalInt number,
      Optional<String> type,
      String options,
      Line line) {
    return new SwitchPort(
        bridge,
        device,
        number,
        Optional.empty(),
        type,
        options.isEmpty() ? Map.of() : OvsdbText.map("{" + options + "}"),
        PortVlan.NONE,
        PortState.UNKNOWN,
        Map.of(),
        line.source());
  }
}
