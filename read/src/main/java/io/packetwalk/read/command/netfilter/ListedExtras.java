package io.packetwalk.read.command.netfilter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What {@code iptables -L} prints behind a rule's addresses, as the options that it stands for.
 *
 * <p>Each match and target prints itself in its own words; words that begin none of them belong to
 * something that isn't understood.
 */
final class ListedExtras {
  private final ListedWords words;
  private final ListedMatches known;
  private final ListedTargets targets;
  private final List<Extension> matches = new ArrayList<>();
  private final List<Option> target = new ArrayList<>();
  private final StringBuilder unknown = new StringBuilder();
  private boolean jumpsForGood;

  private ListedExtras(List<String> words, String target) {
    this.words = new ListedWords(words);
    this.known = new ListedMatches(this.words);
    this.targets = new ListedTargets(target, this.words);
  }

  /**
   * Reads the words of a rule.
   *
   * @param target the name in the column of targets; empty when there is none
   */
  static ListedExtras read(List<String> words, String target) {
    ListedExtras extras = new ListedExtras(words, target);
    while (!extras.words.isEmpty()) {
      extras.next();
    }
    extras.close();
    return extras;
  }

  List<Extension> matches() {
    return matches;
  }

  List<Option> target() {
    return target;
  }

  boolean jumpsForGood() {
    return jumpsForGood;
  }

  private void next() {
    boolean negated = words.negation();
    String word = words.take();
    if (word.equals("[goto]")) {
      jumpsForGood = true;
      return;
    }
    Optional<Extension> match = known.read(word, negated);
    if (match.isPresent()) {
      close();
      matches.add(match.get());
      return;
    }
    Optional<List<Option>> options = targets.read(word);
    if (options.isPresent()) {
      close();
      target.addAll(options.get());
    } else {
      unknown.append(unknown.isEmpty() ? "" : " ").append(negated ? "! " : "").append(word);
    }
  }

  /** What wasn't understood is one match, whose text is told where a packet meets it. */
  private void close() {
    if (!unknown.isEmpty()) {
      Option text = new Option(unknown.toString(), false, List.of());
      matches.add(new Extension("listed", List.of(text)));
      unknown.setLength(0);
    }
  }
}
