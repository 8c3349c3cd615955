package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.FilterDump.Tool;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.wire.IpFamily;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which question about iptables a command line asks.
 *
 * @param table the table that was asked for; empty for all that {@code iptables-save} shows
 * @param chain the only chain that was asked for
 * @param verbose whether counters and devices are listed
 * @param numbered whether rules are listed with their numbers
 */
record FilterCommand(
    IpFamily family,
    Tool tool,
    Style style,
    Optional<String> table,
    Optional<String> chain,
    boolean verbose,
    boolean numbered) {
  private static final Pattern NAME = Pattern.compile("(ip6?tables)(?:-(legacy|nft))?(-save)?");

  /** How the output is written. */
  enum Style {
    /** As {@code iptables-save} writes it. */
    SAVE,
    /** As {@code iptables -S} writes it. */
    RULES,
    /** As {@code iptables -L} writes it. */
    LIST
  }

  static Optional<FilterCommand> of(CommandRun run) {
    Matcher name = NAME.matcher(run.word(0));
    if (!name.matches()) {
      return Optional.empty();
    }
    IpFamily family = name.group(1).startsWith("ip6") ? IpFamily.IPV6 : IpFamily.IPV4;
    Tool tool = tool(Optional.ofNullable(name.group(2)).orElse(""));
    Optional<String> table = optionValue(run.words(), "-t", "--table");
    if (name.group(3) != null) {
      return Optional.of(
          new FilterCommand(family, tool, Style.SAVE, table, Optional.empty(), false, false));
    }
    return style(run.words())
        .map(style ->
            new FilterCommand(
                family,
                tool,
                style,
                table.or(() -> Optional.of("filter")),
                chain(run.words()),
                has(run.words(), 'v', "--verbose"),
                run.words().contains("--line-numbers")));
  }

  private static Tool tool(String backend) {
    return switch (backend) {
      case "legacy" -> Tool.IPTABLES_LEGACY;
      case "nft" -> Tool.IPTABLES_NFT;
      default -> Tool.IPTABLES;
    };
  }

  private static Optional<Style> style(List<String> words) {
    for (String word : words.subList(1, words.size())) {
      if (word.equals("--list-rules") || isShort(word, 'S')) {
        return Optional.of(Style.RULES);
      }
      if (word.equals("--list") || isShort(word, 'L')) {
        return Optional.of(Style.LIST);
      }
    }
    return Optional.empty();
  }

  /** Whether the letter is among the short options of a word such as {@code -nvL}. */
  private static boolean isShort(String word, char letter) {
    return word.length() > 1
        && word.charAt(0) == '-'
        && word.charAt(1) != '-'
        && word.indexOf(letter) > 0;
  }

  private static boolean has(List<String> words, char letter, String longer) {
    return words.stream().skip(1).anyMatch(word -> word.equals(longer) || isShort(word, letter));
  }

  private static Optional<String> optionValue(List<String> words, String shorter, String longer) {
    for (int index = 1; index < words.size(); index++) {
      String word = words.get(index);
      boolean here = word.equals(shorter) || word.equals(longer);
      if (here && index + 1 < words.size()) {
        return Optional.of(words.get(index + 1));
      }
      if (word.startsWith(longer + "=")) {
        return Optional.of(word.substring(longer.length() + 1));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> chain(List<String> words) {
    for (int index = 1; index + 1 < words.size(); index++) {
      String word = words.get(index);
      boolean lists =
          word.equals("--list")
              || word.equals("--list-rules")
              || isShort(word, 'L')
              || isShort(word, 'S');
      if (lists && !words.get(index + 1).startsWith("-")) {
        return Optional.of(words.get(index + 1));
      }
    }
    return Optional.empty();
  }

  /** The command's family for the inventory. */
  String inventoryName() {
    String program = family == IpFamily.IPV4 ? "iptables" : "ip6tables";
    return style == Style.SAVE ? program + "-save" : program;
  }
}
