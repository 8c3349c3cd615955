package io.packetwalk.read.command.nft;

import java.util.List;
import java.util.Optional;

/**
 * What an {@code nft list} command asks for.
 *
 * @param only the family or table that was asked for; empty for the whole ruleset
 * @param whole whether all of that is shown, rather than one chain or set of it
 * @param terse whether elements of sets are left out
 * @param showsRules whether it shows rules or sets at all, rather than names
 */
record Listed(Optional<String> only, boolean whole, boolean terse, boolean showsRules) {

  static Listed of(List<String> words) {
    int list = words.indexOf("list");
    List<String> before = words.subList(0, list);
    List<String> behind = words.subList(list + 1, words.size());
    String kind = behind.isEmpty() ? "" : behind.getFirst();
    List<String> names =
        behind.isEmpty()
            ? List.of()
            : behind.subList(1, behind.size()).stream()
                .filter(word -> !word.startsWith("-"))
                .toList();
    boolean terse =
        before.stream()
            .anyMatch(word ->
                word.equals("--terse")
                    || (word.startsWith("-") && !word.startsWith("--") && word.contains("t")));
    boolean whole = kind.equals("ruleset") || kind.equals("table");
    return new Listed(
        names.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", names)),
        whole,
        terse,
        whole || isOne(kind));
  }

  private static boolean isOne(String kind) {
    return switch (kind) {
      case "chain", "set", "map", "chains", "sets", "maps", "meter", "flowtable", "flowtables" ->
          true;
      default -> false;
    };
  }
}
