package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.SwitchPort.PortState;
import io.packetwalk.model.openflow.SwitchPort.PortVlan;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.Trees;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads what {@code antctl get} shows of the switch in an Antrea agent: {@code ovsflows} (flows, or
 * groups with {@code --groups}) and {@code podinterface}.
 */
final class AntctlSwitchReader implements CommandReader {
  private static final Set<String> FLOWS = Set.of("ovsflows", "ovsflow", "of");
  private static final Set<String> INTERFACES = Set.of("podinterface", "podinterfaces", "pi");

  @Override
  public Optional<String> recognise(CommandRun run) {
    String what = what(run);
    return FLOWS.contains(what) || INTERFACES.contains(what)
        ? Optional.of("antctl get " + what)
        : Optional.empty();
  }

  /** {@code pod-interface} in old releases. */
  private static String what(CommandRun run) {
    boolean gets = run.word(0).equals("antctl") && run.word(1).equals("get");
    return gets ? run.word(2).replace("-", "") : "";
  }

  @Override
  public Reading read(CommandRun run) {
    return FLOWS.contains(what(run)) ? flows(run) : interfaces(run);
  }

  /** Each entry is a line as {@code ovs-ofctl} prints it, under a heading or in a list. */
  private static Reading flows(CommandRun run) {
    List<Line> flows = new ArrayList<>();
    List<Line> groups = new ArrayList<>();
    for (Line line : run.output()) {
      String text = entry(line.text());
      boolean heading = text.equals("FLOW") || text.equals("GROUP") || text.equals("FLOWS");
      if (!text.isEmpty() && !heading) {
        Line bare = new Line(line.file(), line.number(), text);
        (text.startsWith("group_id=") ? groups : flows).add(bare);
      }
    }
    FlowDump dump = FlowDump.of(flows);
    List<Reading.Unread> unread = new ArrayList<>(dump.unread());
    List<Fact> facts = new ArrayList<>();
    List<Source> seenAt = List.of(run.prompt().source());
    if (!dump.flows().isEmpty()) {
      // Asked for a pod, a policy or a table, it shows only theirs.
      Listing<Flow> listing = new Listing<>(Coverage.PARTIAL, dump.flows(), seenAt);
      facts.add(new Fact.OfSwitch("", new SwitchFact.Flows(Optional.empty(), listing)));
    }
    List<Group> found = new ArrayList<>();
    for (Line line : groups) {
      Optional<Group> group = GroupLine.parse(line.text(), line.source());
      group.ifPresent(found::add);
      if (group.isEmpty()) {
        unread.add(new Reading.Unread(line, "not a group"));
      }
    }
    if (!found.isEmpty()) {
      Listing<Group> listing = new Listing<>(Coverage.PARTIAL, found, seenAt);
      facts.add(new Fact.OfSwitch("", new SwitchFact.Groups(listing)));
    }
    return new Reading(facts, unread);
  }

  /** {@code - flow: 'table=…'}, or the line alone. */
  private static String entry(String line) {
    String text = line.strip();
    for (String key : List.of("- flow:", "- group:", "\"flow\":", "\"group\":")) {
      if (text.startsWith(key)) {
        String value = text.substring(key.length()).strip();
        boolean quoted = value.startsWith("'") || value.startsWith("\"");
        return quoted ? value.substring(1).replaceFirst("['\"]$", "").replace("\\\"", "\"") : value;
      }
    }
    return text.matches("[\\[\\]{},]*") ? "" : text;
  }

  /** A table; its columns are told by their headings. */
  private static Reading interfaces(CommandRun run) {
    List<SwitchPort> ports = new ArrayList<>();
    List<Reading.Unread> unread = new ArrayList<>();
    if (isObjects(run)) {
      Trees.Visitor visitor = new PodInterfaces(ports);
      unread.addAll(Trees.read(run.output(), () -> visitor).unread());
      return interfaces(run, ports, unread);
    }
    List<String> columns = List.of();
    for (Line line : run.output()) {
      List<String> words = List.of(line.text().strip().split("\\s+", -1));
      if (words.contains("INTERFACE-NAME")) {
        columns = words;
      } else if (!line.isBlank() && words.size() == columns.size()) {
        ports.add(port(columns, words, line));
      } else if (!line.isBlank()) {
        unread.add(new Reading.Unread(line, "not a row of the pods' interfaces"));
      }
    }
    return interfaces(run, ports, unread);
  }

  private static boolean isObjects(CommandRun run) {
    return run.output().stream()
        .map(line -> line.text().strip())
        .filter(text -> !text.isEmpty())
        .findFirst()
        .filter(text -> text.startsWith("[") || text.startsWith("{") || text.startsWith("- "))
        .isPresent();
  }

  private static Reading interfaces(
      CommandRun run, List<SwitchPort> ports, List<Reading.Unread> unread) {
    Listing<SwitchPort> listing =
        new Listing<>(Coverage.PARTIAL, ports, List.of(run.prompt().source()));
    return ports.isEmpty()
        ? new Reading(List.of(), unread)
        : new Reading(List.of(new Fact.SwitchPorts(Optional.empty(), listing)), unread);
  }

  /** The interfaces as JSON or YAML show them: their keys are the headings' words. */
  private record PodInterfaces(List<SwitchPort> ports) implements Trees.Visitor {
    private static final Map<String, String> HEADINGS =
        Map.of(
            "name",
            "NAME",
            "podName",
            "NAME",
            "podNamespace",
            "NAMESPACE",
            "interfaceName",
            "INTERFACE-NAME",
            "ip",
            "IP",
            "mac",
            "MAC",
            "ofPort",
            "OF-PORT");

    @Override
    public void element(Tree tree, String listKind) {
      document(tree);
    }

    @Override
    public void document(Tree tree) {
      Map<String, String> row = new TreeMap<>();
      HEADINGS.forEach((key, heading) -> tree.text(key).ifPresent(text -> row.put(heading, text)));
      List<String> addresses = tree.texts("ips");
      if (!addresses.isEmpty()) {
        row.put("IP", String.join(",", addresses));
      }
      if (row.containsKey("INTERFACE-NAME")) {
        tree.source().ifPresent(source -> ports.add(port(row, source)));
      }
    }
  }

  private static SwitchPort port(List<String> columns, List<String> words, Line line) {
    Map<String, String> row = new TreeMap<>();
    for (int index = 0; index < columns.size(); index++) {
      row.put(columns.get(index), words.get(index));
    }
    return port(row, line.source());
  }

  private static SwitchPort port(Map<String, String> row, Source source) {
    int number = Numbers.decimal(row.getOrDefault("OF-PORT", ""));
    return new SwitchPort(
        "",
        row.getOrDefault("INTERFACE-NAME", ""),
        number < 0 ? OptionalInt.empty() : OptionalInt.of(number),
        MacAddress.parse(row.getOrDefault("MAC", "")),
        Optional.empty(),
        Map.of(),
        PortVlan.NONE,
        PortState.UNKNOWN,
        Map.of(
            "pod-name", row.getOrDefault("NAME", ""),
            "pod-namespace", row.getOrDefault("NAMESPACE", ""),
            "ip-address", row.getOrDefault("IP", "")),
        source);
  }
}
