package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Counter;
import io.packetwalk.read.command.Tokens;
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
    List<String> words = Tokens.split(line);
    int start = numbered ? 1 : 0;
    Optional<Counter> counter = Optional.empty();
    if (verbose && words.size() > start + 1) {
      counter = counter(words.get(start), words.get(start + 1));
      start += 2;
    }
    int option = option(words, start);
    int protocol = option < 0 ? protocolWithoutOption(words, start) : option - 1;
    int devices = protocol + (option < 0 ? 1 : 2);
    int addresses = devices + (verbose ? 2 : 0);
    if (protocol < 0 || words.size() < addresses + 2) {
      return Optional.empty();
    }
    boolean targeted = protocol == start + 1;
    List<Option> basics = new ArrayList<>();
    basic(basics, "-p", words.get(protocol), "all");
    if (option >= 0 && words.get(option).endsWith("f")) {
      basics.add(new Option("-f", words.get(option).startsWith("!"), List.of()));
    }
    if (verbose) {
      basic(basics, "-i", words.get(devices), "*");
      basic(basics, "-o", words.get(devices + 1), "*");
    }
    basic(basics, "-s", words.get(addresses), "anywhere");
    basic(basics, "-d", words.get(addresses + 1), "anywhere");
    String name = targeted ? words.get(start) : "";
    ListedExtras extras = ListedExtras.read(words.subList(addresses + 2, words.size()), name);
    Optional<Extension> target =
        targeted ? Optional.of(new Extension(name, extras.target())) : Optional.empty();
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

  /**
   * Of IPv6 older versions leave that column blank; then the addresses tell where the others are.
   */
  private int protocolWithoutOption(List<String> words, int start) {
    int between = verbose ? 3 : 1;
    for (int protocol = start + 1; protocol >= start; protocol--) {
      int addresses = protocol + between;
      if (addresses + 1 < words.size()
          && isVersion6(words.get(addresses))
          && isVersion6(words.get(addresses + 1))) {
        return protocol;
      }
    }
    return -1;
  }

  private static boolean isVersion6(String word) {
    String address = word.startsWith("!") ? word.substring(1) : word;
    return address.equals("anywhere") || address.indexOf(':') >= 0;
  }

  private static void basic(List<Option> basics, String name, String text, String any) {
    boolean negated = text.startsWith("!");
    String value = negated ? text.substring(1) : text;
    boolean device = name.equals("-i") || name.equals("-o");
    boolean all =
        value.equals(any)
            || (name.equals("-p") && value.equals("0"))
            || (device && text.equals("any"));
    if (!all && !value.equals("0.0.0.0/0") && !value.equals("::/0")) {
      basics.add(new Option(name, negated, List.of(value)));
    } else if (negated) {
      basics.add(new Option(name, true, List.of(name.equals("-p") ? "0" : value)));
    }
  }
}
