package io.packetwalk.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Inventory.CommandSeen;
import io.packetwalk.read.StateFiles.StateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Everything in {@code ../shared/data/state} goes through the readers. */
class CorpusTest {

  /** How many lines of a command's outputs were understood. */
  private record Understood(int outputs, int read, int unread) {
    Understood plus(CommandSeen command) {
      return new Understood(
          outputs + 1, read + command.readLines(), unread + command.unreadLines());
    }
  }

  @Test
  void every_file_of_the_corpus_is_read_without_an_exception() throws IOException {
    StateFiles corpus = StateLoader.load(SharedData.path("state"));
    Map<String, Understood> understood = new TreeMap<>();
    for (StateFile file : corpus.files()) {
      StateFiles alone = new StateFiles(List.of(file), List.of());
      Inventory inventory = StateReader.read(alone).inventory();
      for (CommandSeen command : inventory.commands()) {
        if (command.understood()) {
          understood.merge(
              command.name(),
              new Understood(0, 0, 0).plus(command),
              (earlier, ignored) -> earlier.plus(command));
        }
      }
    }
    report(understood);
    assertThat(understood.keySet()).contains("ip address", "ip link", "ip route", "ip neigh");
    Understood nothing = new Understood(0, 0, 0);
    assertThat(understood.getOrDefault("ip address", nothing).read()).isGreaterThan(200);
    assertThat(understood.getOrDefault("ip address", nothing).unread()).isLessThan(5);
    assertThat(understood.getOrDefault("ip route", nothing).read()).isGreaterThan(200);
    assertThat(understood.getOrDefault("ip route", nothing).unread()).isLessThan(5);
  }

  private static void report(Map<String, Understood> understood) {
    System.out.printf("%-40s %8s %8s %8s%n", "command", "outputs", "read", "unread");
    understood.forEach((name, lines) ->
        System.out.printf(
            "%-40s %8d %8d %8d%n", name, lines.outputs(), lines.read(), lines.unread()));
  }

  @Test
  void the_whole_corpus_is_one_state_too() throws IOException {
    Path corpus = SharedData.path("state");
    Inventory inventory = StateReader.read(StateLoader.load(corpus)).inventory();
    assertThat(inventory.files()).hasSizeGreaterThan(800);
  }
}
