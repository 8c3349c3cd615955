package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.packetwalk.model.Inventory;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.UnreadLine;
import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateFiles.StateFile;
import io.packetwalk.read.StateLoader;
import io.packetwalk.read.StateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The rulesets of {@code ../shared/data/state}: each of their lines is read, or listed with the
 * reason in {@code rulesets.txt}.
 *
 * <p>{@code -Drulesets.update=true} writes the list anew.
 */
class RulesetsTest {
  private static final Path STATE = Path.of("..", "..", "shared", "data", "state");
  private static final Path LIST = Path.of("src", "test", "resources", "rulesets.txt");
  private static final Pattern FILTER =
      Pattern.compile("(ip6?tables|nft|ipset|ipvsadm|conntrack|/proc/net/ip_vs).*");

  private record Found(int rules, Set<String> doubts) {}

  @Test
  void every_line_of_a_ruleset_is_read_or_listed_with_its_reason() throws IOException {
    boolean there = Files.isDirectory(STATE);
    if (!there) {
      System.out.println("the data beside the project isn't there: no rulesets to read");
    }
    assumeThat(there).isTrue();
    List<String> lines = new ArrayList<>();
    int rules = 0;
    int doubtful = 0;
    for (StateFile file : StateLoader.load(STATE).files()) {
      Optional<Found> found = read(file);
      if (found.isPresent()) {
        rules += found.get().rules();
        doubtful += found.get().doubts().size();
        lines.add(file.path() + ": " + found.get().rules() + " rules");
        found.get().doubts().forEach(doubt -> lines.add("  " + doubt));
      }
    }
    System.out.printf("%d rules read, %d lines or parts of them not%n", rules, doubtful);
    if (Boolean.getBoolean("rulesets.update")) {
      Files.write(LIST, lines);
    }
    assertThat(lines).isEqualTo(Files.readAllLines(LIST));
  }

  /** What a file's packet filters held; empty when it has none. */
  private static Optional<Found> read(StateFile file) {
    Snapshot snapshot = StateReader.read(new StateFiles(List.of(file), List.of()));
    boolean filters =
        snapshot.inventory().commands().stream()
            .filter(Inventory.CommandSeen::understood)
            .anyMatch(command -> FILTER.matcher(command.name()).matches());
    if (!filters) {
      return Optional.empty();
    }
    Set<String> doubts = new TreeSet<>();
    for (UnreadLine line : snapshot.inventory().unread()) {
      if (!line.note() && FILTER.matcher(line.command()).matches()) {
        doubts.add(
            "line "
                + line.source().line()
                + " "
                + line.reason()
                + ": "
                + line.source().text().strip());
      }
    }
    int rules = 0;
    for (var namespace : snapshot.namespaces().values()) {
      for (FilterDump dump : namespace.netfilter().dumps()) {
        for (Rule rule : Rulesets.rules(dump)) {
          rules++;
          rule.parts().forEach(part -> doubt(rule, part).ifPresent(doubts::add));
        }
      }
    }
    return Optional.of(new Found(rules, doubts));
  }

  private static Optional<String> doubt(Rule rule, RulePart part) {
    String at = "line " + rule.source().line() + " ";
    return switch (part) {
      case Match.Unreadable(String text) -> Optional.of(at + "not understood: " + text);
      case Statement.Unreadable(String text) -> Optional.of(at + "not understood: " + text);
      default -> Optional.empty();
    };
  }
}
