package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rule as {@code iptables-save} and {@code iptables -S} write it, sorted by what the words belong
 * to.
 *
 * @param basics the options of iptables itself: addresses, devices, protocol, fragments
 * @param matches in the order of the rule
 * @param target empty for a rule that only counts
 * @param jumpsForGood whether the target is a chain that doesn't come back ({@code -g})
 */
record RuleWords(
    String chain,
    List<Option> basics,
    List<Extension> matches,
    Optional<Extension> target,
    boolean jumpsForGood,
    Optional<io.packetwalk.model.netfilter.Counter> counter) {

  /** Reads the words after {@code -A}. */
  static RuleWords of(List<Word> words, Optional<io.packetwalk.model.netfilter.Counter> counter) {
    Sorter sorter = new Sorter(words, counter);
    sorter.sort();
    return sorter.sorted();
  }

  /** Goes through the words once. */
  private static final class Sorter {
    private final List<Word> words;
    private final List<Option> basics = new ArrayList<>();
    private final List<Extension> matches = new ArrayList<>();
    private final List<Option> pending = new ArrayList<>();
    private Optional<io.packetwalk.model.netfilter.Counter> counter;
    private String current = "";
    private boolean inTarget;
    private boolean forGood;
    private Optional<Extension> target = Optional.empty();
    private int position = 1;

    Sorter(List<Word> words, Optional<io.packetwalk.model.netfilter.Counter> counter) {
      this.words = words;
      this.counter = counter;
    }

    void sort() {
      while (position < words.size()) {
        boolean negated = words.get(position).isNegation();
        position += negated ? 1 : 0;
        if (position < words.size()) {
          String name = words.get(position++).text();
          take(name, negated);
        }
      }
      close();
    }

    private void take(String name, boolean negatedBefore) {
      boolean negated = negatedBefore;
      if (position < words.size() && words.get(position).isNegation() && !nextIsOption()) {
        negated = true;
        position++;
      }
      List<String> values = values();
      switch (name.equals("--proto") && current.equals("policy") ? "of policy" : name) {
        case "-m", "--match" -> open(first(values), false);
        case "-j", "--jump" -> open(first(values), true);
        case "-g", "--goto" -> {
          open(first(values), true);
          forGood = true;
        }
        case "-c", "--set-counters" -> counter = Counters.of(values);
        case "-s", "--source", "--src", "-d", "--destination", "--dst", "-i", "--in-interface" ->
            basics.add(new Option(name, negated, values));
        case "-o", "--out-interface", "-p", "--protocol", "--proto", "-f", "--fragment" ->
            basics.add(new Option(name, negated, values));
        case "of policy" -> pending.add(new Option(name, negated, values));
        case "-4", "--ipv4", "-6", "--ipv6", "-w", "--wait" -> {}
        default -> pending.add(new Option(name, negated, values));
      }
    }

    /** Whether {@code !} at the position belongs to the option behind it. */
    private boolean nextIsOption() {
      return position + 1 < words.size() && words.get(position + 1).isOption();
    }

    private List<String> values() {
      List<String> values = new ArrayList<>();
      while (position < words.size()
          && !words.get(position).isOption()
          && !words.get(position).isNegation()) {
        values.add(words.get(position++).text());
      }
      return values;
    }

    private void open(String name, boolean asTarget) {
      close();
      current = name;
      inTarget = asTarget;
    }

    private void close() {
      if (current.isEmpty() && !pending.isEmpty()) {
        matches.add(new Extension(impliedMatch(), pending));
      } else if (inTarget) {
        target = Optional.of(new Extension(current, pending));
      } else if (!current.isEmpty()) {
        matches.add(new Extension(current, pending));
      }
      pending.clear();
      current = "";
      inTarget = false;
    }

    /** The match that {@code -p PROTOCOL} loads by itself. */
    private String impliedMatch() {
      return basics.stream()
          .filter(option -> option.name().equals("-p") || option.name().startsWith("--proto"))
          .map(Option::value)
          .reduce((earlier, later) -> later)
          .orElse("?");
    }

    private static String first(List<String> values) {
      return values.isEmpty() ? "?" : values.getFirst();
    }

    RuleWords sorted() {
      String chain = words.isEmpty() ? "?" : words.getFirst().text();
      return new RuleWords(chain, basics, matches, target, forGood, counter);
    }
  }
}
