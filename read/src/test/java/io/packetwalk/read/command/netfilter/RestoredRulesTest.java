package io.packetwalk.read.command.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.packetwalk.read.Restoring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Rules as they were read, printed again and given to {@code iptables-restore}: the kernel then
 * lists the same as when it is given the rules as they were.
 */
class RestoredRulesTest {
  private static final Path CONDITIONS =
      Path.of("..", "walk", "src", "test", "resources", "io", "packetwalk", "walk", "netfilter")
          .resolve("matches.txt");
  private static final Path STATE = Path.of("..", "..", "shared", "data", "state");
  private static final Pattern SET = Pattern.compile("--(?:match|add|del)-set (\\S+) (\\S+)");
  private static final Pattern RULE = Pattern.compile("^(\\[\\d+:\\d+\\] )?-A ");
  private static final Map<String, String> TABLES =
      Map.of("PREROUTING", "raw", "POSTROUTING", "mangle");

  @Test
  void a_rule_that_is_read_and_printed_is_the_same_to_the_kernel()
      throws IOException, InterruptedException {
    Optional<String> obstacle = Restoring.obstacle("iptables-legacy-restore");
    obstacle.ifPresent(why -> System.out.println("rules aren't restored here: " + why));
    assumeThat(obstacle).isEmpty();
    int same = 0;
    int refused = 0;
    for (Map.Entry<String, List<String>> ruleset : rulesets().entrySet()) {
      List<String> lines = ruleset.getValue();
      String program = isVersion6(lines) ? "ip6tables-legacy" : "iptables-legacy";
      String line = sets(lines) + program + "-restore && " + program + "-save";
      Restoring.Restored asWritten = Restoring.restore(line, lines, RULE);
      List<String> taken = new ArrayList<>(lines);
      asWritten.refused().forEach(number -> taken.set(number, ""));
      Restoring.Restored asRead =
          Restoring.restore(line, taken.stream().map(RestoredRulesTest::printed).toList(), RULE);
      assertThat(asRead.listed()).as(ruleset.getKey()).isEqualTo(asWritten.listed());
      assertThat(asRead.refused()).as(ruleset.getKey()).isEmpty();
      same += (int) asRead.listed().stream().filter(rule -> rule.startsWith("-A")).count();
      refused += asWritten.refused().size();
    }
    System.out.printf(
        "%d rules restored as they were read; the kernel refused %d%n", same, refused);
    assertThat(same).isGreaterThan(150);
  }

  private static boolean isVersion6(List<String> lines) {
    return lines.stream().anyMatch(line -> line.matches(".*(-[sd] \\S*::|icmpv?6|--hl-).*"));
  }

  /** The sets that the rules ask, with as many parts as they ask for. */
  private static String sets(List<String> lines) {
    Map<String, String> types = new TreeMap<>();
    for (String line : lines) {
      Matcher set = SET.matcher(line);
      while (set.find()) {
        int parts = set.group(2).split(",", -1).length;
        types.put(
            set.group(1),
            parts == 1 ? "hash:net" : parts == 2 ? "hash:ip,port" : "hash:ip,port,ip");
      }
    }
    String family = isVersion6(lines) ? " family inet6" : "";
    return types.entrySet().stream()
        .map(set -> "ipset create " + set.getKey() + " " + set.getValue() + family + " && ")
        .collect(Collectors.joining());
  }

  /** The conditions that the kernel was asked about, and the dumps beside the project. */
  private static Map<String, List<String>> rulesets() throws IOException {
    Map<String, List<String>> rulesets = new LinkedHashMap<>();
    for (String line : Files.readAllLines(CONDITIONS)) {
      String[] parts = line.split(" \\| ", -1);
      boolean asked = line.startsWith("ip") && parts.length == 5 && !line.contains("refused");
      if (asked) {
        String[] where = parts[0].split(" ", -1);
        String table = TABLES.getOrDefault(where[1], "filter");
        String key = where[0] + " " + table;
        rulesets.computeIfAbsent(key, name -> new ArrayList<>(List.of("*" + table)));
        for (String rule : parts[2].split(" ; ", -1)) {
          rulesets.get(key).add("-A " + where[1] + " " + rule);
        }
      }
    }
    rulesets.values().forEach(lines -> lines.add("COMMIT"));
    if (Files.isDirectory(STATE)) {
      try (Stream<Path> files = Files.walk(STATE)) {
        for (Path file : files.filter(RestoredRulesTest::isDump).sorted().toList()) {
          rulesets.put(file.toString(), Files.readAllLines(file));
        }
      }
    }
    return rulesets;
  }

  private static boolean isDump(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.contains("iptables-dump") || name.contains("TABLES_SAVE") || name.endsWith(".v4"));
  }

  private static String printed(String line) {
    if (!RULE.matcher(line).find()) {
      return line;
    }
    List<Word> words = Word.split(line.substring(line.indexOf("-A ") + 3));
    return printed(RuleWords.of(words, Optional.empty()));
  }

  private static String printed(RuleWords rule) {
    List<String> parts = new ArrayList<>(List.of("-A", rule.chain()));
    rule.basics().forEach(option -> parts.add(printed(option)));
    for (Extension match : rule.matches()) {
      parts.add("-m " + match.name());
      match.options().forEach(option -> parts.add(printed(option)));
    }
    rule.target()
        .ifPresent(target -> {
          parts.add((rule.jumpsForGood() ? "-g " : "-j ") + target.name());
          target.options().forEach(option -> parts.add(printed(option)));
        });
    return String.join(" ", parts);
  }

  private static String printed(Option option) {
    String values =
        option.values().stream()
            .map(value -> " \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
            .collect(Collectors.joining());
    return (option.negated() ? "! " : "") + option.name() + values;
  }
}
