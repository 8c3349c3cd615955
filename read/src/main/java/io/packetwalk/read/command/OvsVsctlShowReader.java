package io.packetwalk.read.command;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
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
final class OvsVsctlShowReader implements CommandReader {
  private static final Set<String> DETAILS =
      Set.of(
          "Manager",
          "Controller",
          "fail_mode:",
          "datapath_type:",
          "ovs_version:",
          "tag:",
          "trunks:",
          "is_connected:",
          "error:",
          "Port",
          "vlan_mode:");

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
    return new Reading(
        List.of(
            new Fact.SwitchPorts(
                Optional.empty(),
                new Listing<>(coverage, tree.ports, List.of(run.prompt().source())))),
        tree.unread);
  }

  /** The interface that is being read, with where it is in the tree. */
  private static final class Tree {
    private final List<SwitchPort> ports = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private String bridge = "";
    private String device = "";
    private Optional<Source> source = Optional.empty();
    private Optional<String> type = Optional.empty();
    private Map<String, String> options = new TreeMap<>();

    void line(Line line) {
      Words words = Words.of(line.text());
      String name = words.next();
      switch (name) {
        case "Bridge" -> {
          close();
          bridge = unquoted(words.next());
        }
        case "Interface" -> {
          close();
          device = unquoted(words.next());
          source = Optional.of(line.source());
        }
        case "type:" -> type = Optional.of(unquoted(words.next()));
        case "options:" -> options = options(words.rest());
        default -> other(line, name);
      }
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
                  bridge, device, OptionalInt.empty(), Optional.empty(), type, options, line)));
      source = Optional.empty();
      type = Optional.empty();
      options = new TreeMap<>();
    }

    /** {@code {csum="true", key=flow, remote_ip=flow}}. */
    private static Map<String, String> options(String text) {
      Map<String, String> options = new TreeMap<>();
      String inside = text.replace("{", "").replace("}", "");
      for (String option : inside.split(",", 64)) {
        int equals = option.indexOf('=');
        if (equals > 0) {
          options.put(
              option.substring(0, equals).strip(), unquoted(option.substring(equals + 1).strip()));
        }
      }
      return options;
    }

    private static String unquoted(String text) {
      boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
      return quoted ? text.substring(1, text.length() - 1) : text;
    }
  }
}
