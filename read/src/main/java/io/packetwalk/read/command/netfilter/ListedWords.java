package io.packetwalk.read.command.netfilter;

import java.util.List;
import java.util.Set;

/** The words behind a rule's addresses in {@code iptables -L}, taken one after the other. */
final class ListedWords {
  private final List<String> words;
  private int position;

  ListedWords(List<String> words) {
    this.words = List.copyOf(words);
  }

  boolean isEmpty() {
    return position >= words.size();
  }

  /** The next word, which stays; empty at the end. */
  String peek() {
    return peek(0);
  }

  /** The word so far behind the next one; empty at the end. */
  String peek(int ahead) {
    return position + ahead < words.size() ? words.get(position + ahead) : "";
  }

  String take() {
    return position < words.size() ? words.get(position++) : "";
  }

  /** Takes the next word when it is this one. */
  boolean takeIf(String word) {
    boolean found = !isEmpty() && peek().equals(word);
    position += found ? 1 : 0;
    return found;
  }

  /** Takes the next word when it is one of these. */
  boolean takeIf(Set<String> some) {
    boolean found = !isEmpty() && some.contains(peek());
    position += found ? 1 : 0;
    return found;
  }

  boolean negation() {
    return takeIf("!");
  }

  /** A word in quotation marks without them, or one without any. */
  String quoted() {
    String first = take();
    if (!first.startsWith("\"")) {
      return first;
    }
    StringBuilder text = new StringBuilder(first.substring(1));
    boolean closed = first.length() > 1 && first.endsWith("\"");
    while (!closed && !isEmpty()) {
      String word = take();
      text.append(' ').append(word);
      closed = word.endsWith("\"");
    }
    if (closed) {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  /** Everything up to a word, which is taken as well. */
  String until(String end) {
    StringBuilder text = new StringBuilder();
    while (!isEmpty()) {
      String word = take();
      if (word.equals(end)) {
        break;
      }
      text.append(text.isEmpty() ? "" : " ").append(word);
    }
    return text.toString();
  }

  String rest() {
    String text = String.join(" ", words.subList(position, words.size()));
    position = words.size();
    return text;
  }
}
