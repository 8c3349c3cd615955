package io.packetwalk.read.command.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.packetwalk.model.netfilter.FilterDump;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Rule;
import io.packetwalk.model.netfilter.RulePart;
import io.packetwalk.model.netfilter.Statement;
import io.packetwalk.read.Restoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules that iptables lists in columns, read beside the same rules as it saves them. */
class ListedRulesTest {
  private static final Path RULES =
      Path.of("src", "test", "resources", "io", "packetwalk", "read", "command", "netfilter")
          .resolve("listed.txt");
  private static final List<String> OPTIONS = List.of(" -nvL", " -vL", " -nvL --line-numbers");
  private static final Object UNREAD = "not understood";

  @Test
  void a_rule_that_is_listed_in_columns_is_the_one_that_is_saved()
      throws IOException, InterruptedException {
    Optional<String> obstacle = Restoring.obstacle("iptables-legacy");
    obstacle.ifPresent(why -> System.out.println("rules aren't listed here: " + why));
    assumeThat(obstacle).isEmpty();
    int compared = 0;
    int unread = 0;
    List<String> differing = new ArrayList<>();
    for (String program : List.of("iptables-legacy", "iptables-nft")) {
      for (String table : List.of("raw", "mangle", "nat", "filter")) {
        String said = listings(program, table);
        String[] parts = said.split("=====\n", -1);
        List<Rule> saved = rules(program + " -t " + table + " -S", parts[1]);
        for (int listing = 2; listing < parts.length; listing++) {
          List<Rule> listed =
              rules(program + " -t " + table + OPTIONS.get(listing - 2), parts[listing]);
          assertThat(listed).as(said).hasSameSizeAs(saved);
          for (int index = 0; index < saved.size(); index++) {
            if (!meaning(listed.get(index)).equals(meaning(saved.get(index)))) {
              differing.add(saved.get(index).source().text());
              differing.add(listed.get(index).source().text());
            }
            compared++;
            unread += meaning(saved.get(index)).contains(UNREAD) ? 1 : 0;
          }
        }
      }
    }
    System.out.printf(
        "%d listed rules are read as saved, %d as not understood%n", compared, unread);
    assertThat(differing).isEmpty();
    assertThat(compared).isGreaterThan(500);
  }

  private static String listings(String program, String table)
      throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("exec 2>/dev/null\n");
    script.append("for s in one two; do ipset create $s hash:net; done\n");
    script.append("ipset create pairs hash:ip,port\n");
    String base = program + " -t " + table;
    script.append(base).append(" -N WEB\n").append(base).append(" -N MORE\n");
    List<String> rules =
        Files.readAllLines(RULES).stream()
            .filter(line -> line.startsWith(table + " "))
            .map(line -> "-A WEB " + line.substring(table.length() + 1))
            .toList();
    script.append(program).append("-restore --noflush <<'END' || {\n*").append(table).append('\n');
    rules.forEach(rule -> script.append(rule).append('\n'));
    script.append("COMMIT\nEND\n");
    rules.forEach(rule -> script.append(base).append(' ').append(rule).append("\n"));
    script.append("}\n");
    script.append("echo =====\n").append(program).append(" -t ").append(table).append(" -S WEB\n");
    for (String options : OPTIONS) {
      script.append("echo =====\n").append(program).append(" -t ").append(table);
      script.append(options.replace("L", "L WEB")).append('\n');
    }
    return Restoring.run("unshare -n sh", script.toString()).said();
  }

  private static List<Rule> rules(String command, String output) {
    FilterDump dump = FilterReadersTest.dump(FilterReadersTest.read(command, output));
    return Objects.requireNonNull(dump.tables().getFirst().chains().get("WEB")).rules();
  }

  /** What a rule does, apart from the order of its conditions and the words of assumptions. */
  private static List<Object> meaning(Rule rule) {
    List<Object> parts = new ArrayList<>();
    for (RulePart part : rule.parts()) {
      switch (part) {
        case Match.Presumed presumed -> parts.add(presumed.taken());
        case Match.Open open -> parts.add("open");
        case Match.Unreadable unreadable -> parts.add(UNREAD);
        case Statement.Unreadable unreadable -> parts.add(UNREAD);
        case Statement.Aside aside -> parts.add("aside");
        case Match.Met met ->
            parts.add(List.of(met.list(), met.side(), met.asked(), met.before(), met.negated()));
        default -> parts.add(part);
      }
    }
    parts.sort(Comparator.comparing(Object::toString));
    return parts;
  }
}
