package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Counter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of {@code iptables -L}.
 *
 * @param numbered whether a line number stands in front
 * @param verbose whether counters and devices are shown
 */
record ListedColumns(boolean numbered, boolean verbose) {
  static boolean isHeader(String text) {
    return text.contains("target") && text.contains("prot") && text.contains("source");
  }

  static ListedColumns of(String header) {
    return new ListedColumns(header.startsWith("num"), header.contains("pkts"));
  }

  /** The rule in the words of {@code iptables-save}. */
  Optional<RuleWords> read(String chain, String line) {
    List<String> words = new ArrayList<>();
    Word.split(line.replace('"', '\u00a8')).forEach(word -> words.add(word.text()));
    int start = numbered ? 1 : 0;
    Optional<Counter> counter = Optional.empty();
    if (verbose && words.size() > start + 1) {
      counter = counter(words.get(start), words.get(start + 1));
      start += 2;
    }
    int option = option(words, start);
    int devices = option + 1;
    int addresses = devices + (verbose ? 2 : 0);
    if (option < 0 || words.size() < addresses + 2) {
      return Optional.empty();
    }
    boolean targeted = option == start + 2;
    List<Option> basics = new ArrayList<>();
    basic(basics, "-p", words.get(option - 1), "all");
    if (words.get(option).endsWith("f")) {
      basics.add(new Option("-f", words.get(option).startsWith("!"), List.of()));
    }
    if (verbose) {
      basic(basics, "-i", words.get(devices), "*");
      basic(basics, "-o", words.get(devices + 1), "*");
    }
    basic(basics, "-s", words.get(addresses), "anywhere");
    basic(basics, "-d", words.get(addresses + 1), "anywhere");
    ListedExtras extras = ListedExtras.read(words.subList(addresses + 2, words.size()));
    Optional<Extension> target =
        targeted ? Optional.of(target(words.get(start), extras)) : Optional.empty();
    return Optional.of(
        new RuleWords(chain, basics, extras.matches(), target, extras.jumpsForGood(), counter));
  }

  private static Optional<Counter> counter(String packets, String bytes) {
    return Counters.shortened(packets)
        .flatMap(count -> Counters.shortened(bytes).map(size -> new Counter(count, size)));
  }

  /** Where the fragment column stands, behind the protocol; -1 when the line has none. */
  private static int option(List<String> words, int start) {
    for (int index = start + 1; index <= start + 2 && index < words.size(); index++) {
      switch (words.get(index)) {
        case "--", "-f", "!f" -> {
          return index;
        }
        default -> {}
      }
    }
    return -1;
  }

  private static void basic(List<Option> basics, String name, String text, String any) {
    boolean negated = text.startsWith("!");
    String value = negated ? text.substring(1) : text;
    if (!value.equals(any) && !value.equals("0.0.0.0/0") && !value.equals("::/0")) {
      basics.add(new Option(name, negated, List.of(value)));
    } else if (negated) {
      basics.add(new Option(name, true, List.of(name.equals("-p") ? "0" : value)));
    }
  }

  /** The target with its options under the names that they have on the command line. */
  private static Extension target(String name, ListedExtras extras) {
    List<Option> options = new ArrayList<>();
    for (Option option : extras.target()) {
      options.add(
          option.name().equals("--to")
              ? new Option(translation(name), false, option.values())
              : option);
    }
    return new Extension(name, options);
  }

  private static String translation(String target) {
    return switch (target) {
      case "DNAT" -> "--to-destination";
      case "SNAT" -> "--to-source";
      default -> "--to";
    };
  }
}
