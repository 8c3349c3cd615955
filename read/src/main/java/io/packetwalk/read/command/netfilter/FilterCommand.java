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

  private static final Pattern MULTI = Pattern.compile("xtables-(legacy|nft)-multi");

  /** The table among short options, of which those in front take no value. */
  private static final Pattern TABLE = Pattern.compile("-[nvxc46]*t(\\w*)");

  /** A chain right behind the option that lists it. */
  private static final Pattern CHAIN = Pattern.compile("-[nvxc46]*[LS](?![nvx]+$)([A-Za-z].*)");

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
    Matcher multi = MULTI.matcher(run.word(0));
    return multi.matches() && run.words().size() > 1
        ? of(run.words().subList(1, run.words().size()), multi.group(1))
        : of(run.words(), "");
  }

  private static Optional<FilterCommand> of(List<String> words, String backend) {
    Matcher name = NAME.matcher(words.isEmpty() ? "" : words.getFirst());
    if (!name.matches()) {
      return Optional.empty();
    }
    IpFamily family = name.group(1).startsWith("ip6") ? IpFamily.IPV6 : IpFamily.IPV4;
    Tool tool = tool(Optional.ofNullable(name.group(2)).orElse(backend));
    Optional<String> table = table(words);
    if (name.group(3) != null) {
      return Optional.of(
          new FilterCommand(family, tool, Style.SAVE, table, Optional.empty(), false, false));
    }
    return style(words)
        .map(style ->
            new FilterCommand(
                family,
                tool,
                style,
                table.or(() -> Optional.of("filter")),
                chain(words),
                has(words, 'v', "--verbose"),
                words.contains("--line-numbers")));
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

  /** {@code -t nat}, {@code -tnat}, {@code -nvt nat}, {@code --table=nat}. */
  private static Optional<String> table(List<String> words) {
    for (int index = 1; index < words.size(); index++) {
      String word = words.get(index);
      Matcher shorter = TABLE.matcher(word);
      boolean here = word.equals("--table") || shorter.matches();
      if (here && shorter.matches() && !shorter.group(1).isEmpty()) {
        return Optional.of(shorter.group(1));
      }
      if (here && index + 1 < words.size()) {
        return Optional.of(words.get(index + 1));
      }
      if (word.startsWith("--table=")) {
        return Optional.of(word.substring("--table=".length()));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> chain(List<String> words) {
    for (int index = 1; index < words.size(); index++) {
      String word = words.get(index);
      boolean last = index + 1 == words.size();
      boolean lists =
          word.equals("--list")
              || word.equals("--list-rules")
              || isShort(word, 'L')
              || isShort(word, 'S');
      Matcher attached = CHAIN.matcher(word);
      if (attached.matches()) {
        return Optional.of(attached.group(1));
      }
      if (lists && !last && !words.get(index + 1).startsWith("-")) {
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
