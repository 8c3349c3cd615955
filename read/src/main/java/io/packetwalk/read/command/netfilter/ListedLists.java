package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Matches that {@code iptables -L} prints as names with values behind them. */
final class ListedLists {
  private static final Set<String> OF_LIMIT =
      Set.of(
          "burst",
          "mode",
          "htable-size",
          "htable-max",
          "htable-gcinterval",
          "htable-expire",
          "srcmask",
          "dstmask",
          "rate-interval");

  private static final Set<String> OF_POLICY =
      Set.of("dir", "pol", "reqid", "spi", "proto", "mode", "tunnel-dst", "tunnel-src");

  private static final Set<String> ASKED = Set.of("--set", "--rcheck", "--update", "--remove");

  private ListedLists() {}

  /** {@code recent: CHECK seconds: 10 reap hit_count: 3 name: X side: source mask: M}. */
  static Optional<Extension> recent(boolean negated, ListedWords words) {
    List<Option> options = new ArrayList<>();
    boolean more = true;
    while (more) {
      switch (words.peek()) {
        case "SET" -> options.add(asked("--set", negated, words));
        case "CHECK" -> options.add(asked("--rcheck", negated, words));
        case "UPDATE" -> options.add(asked("--update", negated, words));
        case "REMOVE" -> options.add(asked("--remove", negated, words));
        case "reap" -> options.add(asked("--reap", false, words));
        case "TTL-Match" -> options.add(asked("--rttl", false, words));
        case "seconds:" -> options.add(valued("--seconds", words));
        case "hit_count:" -> options.add(valued("--hitcount", words));
        case "name:" -> options.add(valued("--name", words));
        case "mask:" -> options.add(valued("--mask", words));
        case "side:" -> {
          words.take();
          boolean source = words.take().equals("source");
          options.add(ListedMatches.plain(source ? "--rsource" : "--rdest"));
        }
        default -> more = false;
      }
    }
    boolean asks = options.stream().anyMatch(option -> ASKED.contains(option.name()));
    return Optional.of(new Extension(asks ? "recent" : "listed", options));
  }

  private static Option asked(String option, boolean negated, ListedWords words) {
    words.take();
    return new Option(option, negated, List.of());
  }

  private static Option valued(String option, ListedWords words) {
    words.take();
    return ListedMatches.plain(option, words.take());
  }

  /**
   * {@code limit: avg 3/min burst 5}; {@code limit: above 10/min burst 5 mode srcip} of another.
   */
  static Optional<Extension> limit(ListedWords words) {
    List<Option> options = new ArrayList<>();
    String module = "hashlimit";
    if (words.takeIf("avg")) {
      module = "limit";
      options.add(ListedMatches.plain("--limit", words.take()));
    } else if (words.takeIf("above")) {
      options.add(ListedMatches.plain("--hashlimit-above", words.take()));
    } else {
      words.takeIf("up");
      words.takeIf("to");
      options.add(ListedMatches.plain("--hashlimit-upto", words.take()));
    }
    while (OF_LIMIT.contains(words.peek()) || words.peek().equals("rate-match")) {
      String name = words.take();
      String prefix = module.equals("limit") ? "--limit-" : "--hashlimit-";
      options.add(
          name.equals("rate-match")
              ? ListedMatches.plain(prefix + name)
              : ListedMatches.plain(prefix + name, words.take()));
    }
    return Optional.of(new Extension(module, options));
  }

  /** {@code policy match dir out pol ipsec strict [0] reqid 1 proto 50 mode tunnel}. */
  static Optional<Extension> policy(ListedWords words) {
    List<Option> options = new ArrayList<>();
    words.take();
    boolean more = true;
    while (more) {
      boolean negated = words.peek().equals("!") && OF_POLICY.contains(words.peek(1));
      if (negated) {
        words.take();
      }
      if (OF_POLICY.contains(words.peek())) {
        String name = words.take();
        options.add(new Option("--" + name, negated, List.of(words.take())));
      } else if (words.peek().equals("strict") || words.peek().matches("\\[\\d+\\]")) {
        options.add(ListedMatches.plain("--" + words.take()));
      } else {
        more = false;
      }
    }
    return Optional.of(new Extension("policy", options));
  }

  /** {@code TIME from 09:00:00 to 18:00:00 on Mon,Tue starting from 2026-01-01T00:00:00 UTC}. */
  static Optional<Extension> time(ListedWords words) {
    StringBuilder text = new StringBuilder();
    boolean more = true;
    while (more) {
      switch (words.peek()) {
        case "from", "to", "on", "date" ->
            text.append(' ').append(words.take()).append(' ').append(words.take());
        case "starting", "until", "UTC", "kerneltz", "contiguous" ->
            text.append(' ').append(words.take());
        default -> more = false;
      }
    }
    return ListedMatches.one("time", "TIME", false, text.toString().strip());
  }

  /** {@code connbytes 1:100 connbytes mode packets connbytes direction both}. */
  static Optional<Extension> transferred(boolean negated, ListedWords words) {
    List<Option> options = new ArrayList<>();
    options.add(new Option("--connbytes", negated, List.of(words.take())));
    while (words.takeIf("connbytes")) {
      boolean mode = words.take().equals("mode");
      options.add(ListedMatches.plain(mode ? "--connbytes-mode" : "--connbytes-dir", words.take()));
    }
    return Optional.of(new Extension("connbytes", options));
  }
}
