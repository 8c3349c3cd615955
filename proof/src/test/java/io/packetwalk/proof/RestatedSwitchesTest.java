package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.packetwalk.model.Snapshot;
import io.packetwalk.proof.openflow.RestatedSwitch;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The switches of clusters that were built on a real kernel, loaded into Open vSwitch again and
 * shown by other commands: the answers don't depend on which commands show a switch. Where they
 * leave things out, answers may become undetermined, never others. Each dialect is spoken by one
 * cluster; {@code -Drestated.every=true} has all of them speak each.
 */
final class RestatedSwitchesTest {
  private static final String FLOWS = "ovs-ofctl dump-flows br-int --names -O OpenFlow15";
  private static final String GROUPS = "ovs-ofctl dump-groups br-int -O OpenFlow15";
  private static final String PORTS = "ovs-ofctl show br-int";
  private static final String DATABASE = "ovs-vsctl list interface";
  private static final int TABLES = 30;
  private static final boolean EVERY = Boolean.getBoolean("restated.every");

  /**
   * Commands that show a switch.
   *
   * @param whole whether they show as much as the recorded ones
   */
  private record Dialect(String name, boolean whole, List<String> commands) {
    Dialect(String name, boolean whole, String... commands) {
      this(name, whole, List.of(commands));
    }
  }

  private static List<Dialect> dialects() {
    return List.of(
        new Dialect("as recorded", true, DATABASE, PORTS, FLOWS, GROUPS),
        new Dialect(
            "the oldest OpenFlow",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl dump-flows br-int",
            "ovs-ofctl -O OpenFlow11 dump-groups br-int"),
        new Dialect(
            "without names",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl --no-names -O OpenFlow13 dump-flows br-int",
            "ovs-ofctl --no-names -O OpenFlow13 dump-groups br-int"),
        new Dialect(
            "without statistics",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl --no-stats --names -O OpenFlow15 dump-flows br-int",
            "ovs-ofctl --names -O OpenFlow15 dump-groups br-int"),
        new Dialect(
            "without statistics and names",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl --no-stats --no-names dump-flows br-int",
            GROUPS),
        new Dialect(
            "sorted",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl dump-flows br-int --rsort -O OpenFlow15",
            GROUPS),
        new Dialect(
            "sorted by priority",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl --sort=priority --names -O OpenFlow14 dump-flows br-int",
            GROUPS),
        new Dialect(
            "the daemon's own",
            true,
            "ovs-appctl dpif/show",
            "ovs-appctl bridge/dump-flows br-int",
            GROUPS,
            DATABASE),
        new Dialect(
            "port descriptions",
            true,
            "ovs-ofctl -O OpenFlow15 dump-ports-desc br-int",
            "ovs-vsctl show",
            FLOWS,
            GROUPS,
            "ovs-vsctl --columns=name,external_ids list interface"),
        database("table", "--format=table"),
        database("CSV", "--format=csv"),
        database("JSON", "--format=json"),
        database("JSON in lines", "-f json --pretty"),
        database("list without unique names", "--format=list --data=bare"),
        database("table of columns", "-f table --columns=name,ofport,type,options,external_ids"),
        database("CSV of columns", "-f csv --columns=ofport,name,type,options,external_ids"),
        database("JSON of columns", "-f json --columns=name,ofport,type,options,external_ids"),
        database("without headings", "-f csv --no-heading --columns=name,ofport,type"),
        database("bare columns", "--bare --columns=name,ofport,type"),
        new Dialect("one table at a time", true, tables(number -> FLOWS + " table=" + number)),
        new Dialect(
            "one table at a time, as a match",
            true,
            tables(number -> "ovs-ofctl dump-flows br-int table=" + number)),
        new Dialect(
            "one table once more", true, DATABASE, PORTS, FLOWS, GROUPS, FLOWS + " table=9"),
        new Dialect(
            "names of tables by themselves",
            true,
            DATABASE,
            PORTS,
            "ovs-ofctl --no-names dump-flows br-int",
            "ovs-ofctl --names -O OpenFlow15 dump-groups br-int",
            "ovs-ofctl dump-tables br-int"),
        new Dialect(
            "groups with names, flows without",
            false,
            DATABASE,
            PORTS,
            "ovs-ofctl --no-names dump-flows br-int",
            "ovs-ofctl --names -O OpenFlow15 dump-groups br-int"),
        new Dialect("found", false, "ovs-vsctl find interface type=geneve", PORTS, FLOWS, GROUPS),
        new Dialect("the database alone", false, "ovs-vsctl show", FLOWS, GROUPS),
        new Dialect(
            "the database alone, without names",
            false,
            "ovs-vsctl show",
            "ovs-ofctl dump-flows br-int",
            GROUPS),
        new Dialect(
            "names of ports alone",
            false,
            "ovs-vsctl list-ports br-int",
            "ovs-ofctl dump-flows br-int",
            GROUPS),
        new Dialect("numbers alone", false, PORTS, FLOWS, GROUPS),
        new Dialect(
            "numbers alone, without names", false, PORTS, "ovs-ofctl dump-flows br-int", GROUPS),
        new Dialect("the data path's ports", false, "ovs-appctl dpif/show", FLOWS, GROUPS),
        new Dialect(
            "the data path's ports, without names",
            false,
            "ovs-appctl dpctl/show",
            "ovs-ofctl dump-flows br-int",
            GROUPS),
        new Dialect("flows alone", false, FLOWS),
        new Dialect("flows alone, without names", false, "ovs-ofctl dump-flows br-int"),
        new Dialect("without groups", false, DATABASE, PORTS, FLOWS),
        new Dialect("without flows", false, DATABASE, PORTS, GROUPS),
        new Dialect(
            "one table", false, DATABASE, PORTS, "ovs-ofctl dump-flows br-int table=10", GROUPS),
        new Dialect("behind grep", false, DATABASE, PORTS, FLOWS + " | grep tcp", GROUPS),
        new Dialect(
            "behind grep for an address", false, DATABASE, PORTS, FLOWS + " | grep 10.", GROUPS),
        new Dialect("groups behind grep", false, DATABASE, PORTS, FLOWS, GROUPS + " | grep id=1"),
        new Dialect("ports behind grep", false, PORTS + " | grep addr", FLOWS, GROUPS));
  }

  private static Dialect database(String name, String options) {
    boolean whole = !options.contains("bare") && !options.contains("no-heading");
    return new Dialect(
        name, whole, "ovs-vsctl " + options + " list interface", PORTS, FLOWS, GROUPS);
  }

  private static List<String> tables(IntFunction<String> command) {
    return Stream.concat(
            Stream.of(DATABASE, PORTS, GROUPS), IntStream.range(0, TABLES).mapToObj(command))
        .toList();
  }

  @Test
  void answers_do_not_depend_on_which_commands_show_a_switch()
      throws IOException, InterruptedException {
    String missing = RestatedSwitch.missing();
    assumeTrue(missing.isEmpty(), () -> "not run: " + missing);
    List<String> different = new ArrayList<>();
    List<Path> labs = RecordedLabs.switched();
    for (Path lab : labs) {
      int place = labs.indexOf(lab);
      compare(
          lab,
          IntStream.range(0, dialects().size())
              .filter(index -> EVERY || index % labs.size() == place)
              .mapToObj(dialects()::get)
              .toList(),
          different);
    }
    assertThat(different).isEmpty();
  }

  private static void compare(Path lab, List<Dialect> dialects, List<String> different)
      throws IOException, InterruptedException {
    List<Recorded> runs = Recorded.in(lab.resolve("state"));
    Snapshot plain = snapshot(runs);
    List<Truth.Probe> probes = Truth.read(lab.resolve("truth.json")).probes();
    List<Verdict> expected = probes.stream().map(probe -> walk(plain, probe).verdict()).toList();
    Map<String, RestatedSwitch> switches = switches(runs);
    try {
      for (Dialect dialect : dialects) {
        Snapshot told = snapshot(retold(runs, switches, dialect));
        int same = 0;
        int less = 0;
        for (int index = 0; index < probes.size(); index++) {
          Walk walk = walk(told, probes.get(index));
          if (walk.verdict() == expected.get(index)) {
            same++;
          } else if (!dialect.whole() && walk.verdict() == Verdict.UNDETERMINED) {
            less++;
          } else {
            different.add(
                "%s %d, %s: %s, not %s: %s"
                    .formatted(
                        lab.getFileName(),
                        probes.get(index).id(),
                        dialect.name(),
                        walk.verdict(),
                        expected.get(index),
                        walk.forward().branches().getFirst().reason()));
          }
        }
        System.out.printf(
            "%s, %s: %d probes, %d the same, %d undetermined%n",
            lab.getFileName(), dialect.name(), probes.size(), same, less);
      }
    } finally {
      for (RestatedSwitch each : switches.values()) {
        each.close();
      }
    }
  }

  private static Walk walk(Snapshot snapshot, Truth.Probe probe) {
    return new Walker(snapshot).walk(TruthReport.question(snapshot, probe));
  }

  private static Snapshot snapshot(List<Recorded> runs) {
    Map<String, StringBuilder> texts = new TreeMap<>();
    for (Recorded run : runs) {
      texts
          .computeIfAbsent(run.machine() + ".txt", name -> new StringBuilder())
          .append(run.prompted());
    }
    List<StateFile> files = new ArrayList<>();
    texts.forEach((name, text) -> files.add(new StateFile(name, text.toString())));
    return StateReader.read(new StateFiles(files, List.of()));
  }

  private static Map<String, RestatedSwitch> switches(List<Recorded> runs)
      throws IOException, InterruptedException {
    Map<String, RestatedSwitch> switches = new LinkedHashMap<>();
    for (Recorded run : runs) {
      if (run.command().equals(PORTS)) {
        switches.put(
            run.machine(),
            RestatedSwitch.of(
                output(runs, run.machine(), "ovs-vsctl --columns"),
                run.output(),
                output(runs, run.machine(), FLOWS),
                output(runs, run.machine(), GROUPS)));
      }
    }
    return switches;
  }

  private static List<String> output(List<Recorded> runs, String machine, String beginning) {
    return runs.stream()
        .filter(run -> run.machine().equals(machine) && run.command().startsWith(beginning))
        .findFirst()
        .map(Recorded::output)
        .orElse(List.of());
  }

  /** The state with what the dialect's commands say of each switch, at the end. */
  private static List<Recorded> retold(
      List<Recorded> runs, Map<String, RestatedSwitch> switches, Dialect dialect)
      throws IOException, InterruptedException {
    List<Recorded> retold = new ArrayList<>();
    runs.stream().filter(run -> !isReplaced(run.command())).forEach(retold::add);
    for (Map.Entry<String, RestatedSwitch> each : switches.entrySet()) {
      for (String command : dialect.commands()) {
        List<String> output = each.getValue().answer(command).lines().toList();
        retold.add(new Recorded(each.getKey(), command, output));
      }
    }
    return retold;
  }

  private static boolean isReplaced(String command) {
    return command.startsWith("ovs-vsctl ")
        || command.equals(PORTS)
        || command.equals(FLOWS)
        || command.equals(GROUPS)
        || command.equals("ovs-appctl dpctl/show");
  }
}
