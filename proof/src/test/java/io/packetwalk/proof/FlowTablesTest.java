package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What Open vSwitch's commands printed in {@code ../shared/data}: each line is read, or listed with
 * the reason in {@code flowtables.txt}.
 *
 * <p>{@code -Dflowtables.update=true} writes the list anew.
 */
class FlowTablesTest {
  private static final Path DATA = Path.of("..", "..", "shared", "data");
  private static final Path LIST = Path.of("src", "test", "resources", "flowtables.txt");

  /** Prose behind a command whose output isn't read is no line of a switch. */
  private static final String UNREAD_COMMAND = "the program doesn't read this command";

  private int flows;
  private int doubtful;

  @Test
  void every_line_of_a_switch_is_read_or_listed_with_its_reason() throws IOException {
    boolean there = Files.isDirectory(DATA);
    if (!there) {
      System.out.println("the data beside the project isn't there: no flow tables to read");
    }
    assumeThat(there).isTrue();
    List<String> lines = new ArrayList<>();
    for (String folder : List.of("state", "transcripts")) {
      for (StateFile file : StateLoader.load(DATA.resolve(folder)).files()) {
        read(file).forEach(lines::add);
      }
    }
    System.out.printf("%d flows read, %d lines or parts of them not%n", flows, doubtful);
    if (Boolean.getBoolean("flowtables.update")) {
      Files.write(LIST, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(LIST));
  }

  /** The lines about a file; none when no switch is in it. */
  private List<String> read(StateFile file) {
    Snapshot snapshot = StateReader.read(new StateFiles(List.of(file), List.of()));
    boolean switches =
        snapshot.inventory().commands().stream()
            .filter(Inventory.CommandSeen::understood)
            .anyMatch(command -> isSwitch(command.name()));
    if (!switches) {
      return List.of();
    }
    Set<String> doubts = new TreeSet<>();
    for (UnreadLine line : snapshot.inventory().unread()) {
      if (!line.note() && isSwitch(line.command()) && !line.reason().equals(UNREAD_COMMAND)) {
        doubts.add(
            "line %d %s: %s"
                .formatted(line.source().line(), line.reason(), line.source().text().strip()));
      }
    }
    List<Flow> read =
        switches(snapshot)
            .flatMap(each -> each.flows().tables().values().stream())
            .flatMap(table -> table.entries().stream())
            .toList();
    for (Flow flow : read) {
      unknown(flow)
          .forEach(text -> doubts.add("line " + flow.source().line() + " not understood: " + text));
    }
    List<Group> groups =
        switches(snapshot).flatMap(each -> each.groups().entries().stream()).toList();
    for (Group group : groups) {
      group.buckets().stream()
          .flatMap(bucket -> unknown(bucket.actions()))
          .forEach(
              text -> doubts.add("line " + group.source().line() + " not understood: " + text));
    }
    flows += read.size();
    doubtful += doubts.size();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %d flows, %d groups, %d ports"
            .formatted(
                file.path(),
                read.size(),
                groups.size(),
                switches(snapshot).mapToLong(each -> each.ports().entries().size()).sum()));
    doubts.forEach(doubt -> lines.add("  " + doubt));
    return lines;
  }

  private static boolean isSwitch(String command) {
    return command.startsWith("ovs-") || command.startsWith("ovsdb-");
  }

  private static Stream<Switch> switches(Snapshot snapshot) {
    return snapshot.namespaces().values().stream()
        .map(NetworkNamespace::openVswitch)
        .flatMap(each -> each.switches().stream());
  }

  private static Stream<String> unknown(Flow flow) {
    Stream<String> conditions =
        flow.match().conditions().stream()
            .flatMap(condition ->
                condition instanceof FlowMatch.Unknown(String text)
                    ? Stream.of(text)
                    : Stream.empty());
    return Stream.concat(conditions, unknown(flow.actions()));
  }

  private static Stream<String> unknown(List<FlowAction> actions) {
    return actions.stream()
        .flatMap(action ->
            switch (action) {
              case FlowAction.Unknown(String text) -> Stream.of(text);
              case FlowAction.Clone(List<FlowAction> inside) -> unknown(inside);
              case FlowAction.WriteActions(List<FlowAction> inside) -> unknown(inside);
              case FlowAction.Track track -> unknown(track.inside());
              default -> Stream.empty();
            });
  }
}
