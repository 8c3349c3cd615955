package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
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
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code ovs-vsctl show}: the tree of bridges, ports and interfaces. */
final class VsctlShowReader implements CommandReader {
  private static final Set<String> DETAILS =
      Set.of(
          "Manager",
          "Controller",
          "fail_mode:",
          "ovs_version:",
          "is_connected:",
          "role:",
          "status:",
          "error:",
          "bfd:",
          "bfd_status:",
          "statistics:");

  @Override
  public Optional<String> recognise(CommandRun run) {
    boolean shows = run.word(0).equals("ovs-vsctl") && run.words().contains("show");
    return shows ? Optional.of("ovs-vsctl show") : Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Tree tree = new Tree();
    run.output().forEach(tree::line);
    tree.close();
    Coverage coverage = run.gap() ? Coverage.PARTIAL : Coverage.COMPLETE;
    List<Fact> facts = new ArrayList<>();
    facts.add(
        new Fact.SwitchPorts(
            Optional.empty(), new Listing<>(coverage, tree.ports, List.of(run.prompt().source()))));
    tree.datapaths.forEach(
        (bridge, type) -> facts.add(new Fact.OfSwitch(bridge, new SwitchFact.DatapathType(type))));
    return new Reading(facts, tree.unread);
  }

  /** The interface that is being read, with where it is in the tree. */
  private static final class Tree {
    private final List<SwitchPort> ports = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private final Map<String, String> datapaths = new TreeMap<>();
    private String bridge = "";
    private String device = "";
    private Optional<Source> source = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Map<String, String> options = new TreeMap<>();
    private PortVlan vlan = PortVlan.NONE;

    void line(Line line) {
      String text = line.text().strip();
      int space = text.indexOf(' ');
      String name = space < 0 ? text : text.substring(0, space);
      String rest = space < 0 ? "" : text.substring(space + 1).strip();
      switch (name) {
        case "Bridge" -> {
          close();
          bridge = Split.unquoted(rest);
        }
        case "Port" -> {
          close();
          vlan = PortVlan.NONE;
        }
        case "Interface" -> {
          close();
          device = Split.unquoted(rest);
          source = Optional.of(line.source());
        }
        case "datapath_type:" -> datapaths.put(bridge, Split.unquoted(rest));
        case "tag:" -> vlan = new PortVlan(number(rest), vlan.trunks(), vlan.mode());
        case "trunks:" -> vlan = new PortVlan(vlan.tag(), OvsdbText.numbers(rest), vlan.mode());
        case "vlan_mode:" ->
            vlan = new PortVlan(vlan.tag(), vlan.trunks(), Optional.of(Split.unquoted(rest)));
        case "type:" -> type = Optional.of(Split.unquoted(rest)).filter(kind -> !kind.isEmpty());
        case "options:" -> options = OvsdbText.map(rest);
        default -> other(line, name);
      }
    }

    private static OptionalInt number(String text) {
      int number = Numbers.decimal(text);
      return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private void other(Line line, String name) {
      boolean identifier = name.length() == 36 && name.charAt(8) == '-';
      if (!name.isEmpty() && !identifier && !DETAILS.contains(name)) {
        unread.add(new Reading.Unread(line, "not part of a switch's tree"));
      }
    }

    void close() {
      source.ifPresent(line ->
          ports.add(
              new SwitchPort(
                  bridge,
                  device,
                  OptionalInt.empty(),
                  Optional.empty(),
                  type,
                  options,
                  vlan,
                  PortState.UNKNOWN,
                  Map.of(),
                  line)));
      source = Optional.empty();
      type = Optional.empty();
      options = new TreeMap<>();
    }
  }
}
