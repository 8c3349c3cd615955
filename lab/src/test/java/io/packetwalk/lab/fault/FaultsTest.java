package io.packetwalk.lab.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.gather.CommandRun;
import io.packetwalk.gather.Limits;
import io.packetwalk.gather.Reach;
import io.packetwalk.lab.plan.ClusterKind;
import io.packetwalk.lab.plan.Plan;
import io.packetwalk.lab.plan.Planning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String TABLE_HEAD = "| fault | what is wrong | what is noticed | clusters |";

  @Test
  void there_are_thirty_faults_with_names_of_their_own_and_a_place_for_each() {
    assertThat(Faults.all()).hasSizeGreaterThanOrEqualTo(30);
    assertThat(Faults.all()).extracting(Fault::name).doesNotHaveDuplicates();
    assertThat(Faults.all())
        .allMatch(fault ->
            Stream.of(ClusterKind.values())
                .anyMatch(kind -> fault.where().test(Planning.of(kind, false))));
  }

  /** {@code -Dpacketwalk.update=true} writes it. */
  @Test
  void the_table_of_faults_in_the_docs_is_this_one() throws IOException {
    Path page = Path.of("").toAbsolutePath().resolveSibling("docs").resolve("labs.md");
    String text = Files.readString(page);
    int begin = text.indexOf(TABLE_HEAD);
    int end = text.indexOf("\n\n", begin);
    assertThat(begin).isPositive();
    if (Boolean.getBoolean("packetwalk.update")) {
      Files.writeString(page, text.substring(0, begin) + table() + text.substring(end));
      return;
    }
    assertThat(text.substring(begin, end)).isEqualTo(table());
  }

  private static String table() {
    StringBuilder table = new StringBuilder(TABLE_HEAD).append("\n|---|---|---|---|");
    for (Fault fault : Faults.all()) {
      table.append(
          "\n| %s | %s | %s | %s |"
              .formatted(fault.name(), fault.title(), fault.notice(), clusters(fault)));
    }
    return table.toString();
  }

  /** The kinds in which it makes sense; those of one plugin together where all of them fit. */
  private static String clusters(Fault fault) {
    Map<String, List<ClusterKind>> plugins =
        Stream.of(ClusterKind.values())
            .collect(
                Collectors.groupingBy(FaultsTest::plugin, LinkedHashMap::new, Collectors.toList()));
    List<String> fit = new ArrayList<>();
    plugins.forEach((plugin, kinds) -> {
      List<String> some =
          kinds.stream()
              .filter(kind -> fault.where().test(Planning.of(kind, false)))
              .map(ClusterKind::label)
              .toList();
      boolean all = some.size() == kinds.size() && kinds.size() > 1;
      fit.addAll(all ? List.of(plugin) : some);
    });
    boolean everywhere =
        fit.size() == plugins.size() && fit.stream().allMatch(plugins::containsKey);
    return everywhere ? "all" : String.join(", ", fit);
  }

  private static String plugin(ClusterKind kind) {
    return kind.label().replaceFirst("-.*", "");
  }

  @Test
  void every_injection_and_cure_is_one_that_a_shell_understands() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (ClusterKind kind : ClusterKind.values()) {
      Plan plan = Planning.of(kind, false);
      for (Fault fault : Faults.of(plan)) {
        lines.addAll(fault.injection().apply(plan));
        lines.addAll(fault.cure().apply(plan));
      }
    }
    assertThat(
            CommandRun.of(
                    Reach.local(),
                    List.of("bash", "-n", "-c", String.join("\n", lines)),
                    Limits.SHORT)
                .text())
        .isEmpty();
  }
}
