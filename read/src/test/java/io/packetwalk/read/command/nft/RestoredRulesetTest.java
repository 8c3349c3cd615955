package io.packetwalk.read.command.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.packetwalk.read.Restoring;
import io.packetwalk.read.transcript.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Listings of nftables split into the statements and words that are read, printed again and given
 * to {@code nft}: it then lists the same as when it is given the listing itself.
 */
class RestoredRulesetTest {
  private static final Path CONDITIONS =
      Path.of("..", "walk", "src", "test", "resources", "io", "packetwalk", "walk", "netfilter")
          .resolve("matches.txt");
  private static final Path STATE = Path.of("..", "..", "shared", "data", "state");
  private static final Pattern RULE =
      Pattern.compile("^\\s+(?!type |chain |set |map |table |elements|flags|policy)\\S+ ");

  @Test
  void a_listing_that_is_read_and_printed_is_the_same_to_the_kernel()
      throws IOException, InterruptedException {
    Optional<String> obstacle = Restoring.obstacle("nft");
    obstacle.ifPresent(why -> System.out.println("rulesets aren't restored here: " + why));
    assumeThat(obstacle).isEmpty();
    int same = 0;
    int refused = 0;
    for (Map.Entry<String, List<String>> ruleset : rulesets().entrySet()) {
      String line = "nft -f - && nft -s list ruleset";
      Restoring.Restored asWritten = Restoring.restore(line, ruleset.getValue(), RULE);
      List<String> taken = new ArrayList<>(ruleset.getValue());
      asWritten.refused().forEach(number -> taken.set(number, ""));
      Restoring.Restored asRead = Restoring.restore(line, printed(taken), RULE);
      assertThat(asRead.listed()).as(ruleset.getKey()).isEqualTo(asWritten.listed());
      same += asRead.listed().size();
      refused += asWritten.refused().size();
    }
    System.out.printf("%d lines listed as they were read; nft refused %d%n", same, refused);
    assertThat(same).isGreaterThan(200);
  }

  private static List<String> printed(List<String> lines) {
    List<Line> numbered = new ArrayList<>();
    lines.forEach(text -> numbered.add(new Line("ruleset", numbered.size() + 1, text)));
    Statements statements = new Statements(numbered);
    List<String> printed = new ArrayList<>();
    while (statements.hasNext()) {
      List<Token> words = Statements.withoutRemark(statements.next());
      printed.add(words.stream().map(Token::written).collect(Collectors.joining(" ")));
    }
    return printed;
  }

  /** The conditions that the kernel was asked about, and the listings beside the project. */
  private static Map<String, List<String>> rulesets() throws IOException {
    Map<String, List<String>> rulesets = new LinkedHashMap<>();
    for (String line : Files.readAllLines(CONDITIONS)) {
      boolean asked = line.startsWith("nft ") && !line.contains("| refused |");
      if (asked) {
        int first = line.indexOf(" | ", line.indexOf(" | ") + 3) + 3;
        String rule = line.substring(first, line.lastIndexOf(" | ", line.lastIndexOf(" | ") - 1));
        String hook = line.substring(4, line.indexOf(" | ")).toLowerCase(java.util.Locale.ROOT);
        List<String> ruleset =
            rulesets.computeIfAbsent(
                "nft " + hook,
                name ->
                    new ArrayList<>(
                        List.of(
                            "table inet t {",
                            "\tchain c {",
                            "\t\ttype filter hook " + hook + " priority filter; policy accept;")));
        for (String one : rule.split(" ; ", -1)) {
          ruleset.add("\t\t" + one + " counter");
        }
      }
    }
    rulesets.values().forEach(lines -> lines.addAll(List.of("\t}", "}")));
    if (Files.isDirectory(STATE)) {
      try (Stream<Path> files = Files.walk(STATE)) {
        for (Path file :
            files.filter(one -> one.toString().contains("NTT_LIST")).sorted().toList()) {
          rulesets.put(file.toString(), Files.readAllLines(file));
        }
      }
    }
    return rulesets;
  }
}
