package io.packetwalk.read.transcript;

import java.util.List;

/** A command's words, taken from the front. */
final class Arguments {
  private final List<String> words;
  private int position;

  Arguments(List<String> words) {
    this.words = words;
  }

  boolean isEmpty() {
    return position >= words.size();
  }

  /** The next word without taking it; empty at the end. */
  String peek() {
    return isEmpty() ? "" : words.get(position);
  }

  /** Takes the next word; empty at the end. */
  String next() {
    String word = peek();
    position = Math.min(words.size(), position + 1);
    return word;
  }

  boolean nextIsOption() {
    return peek().startsWith("-") && peek().length() > 1;
  }

  List<String> rest() {
    return words.subList(Math.min(position, words.size()), words.size());
  }

  Arguments skip(int count) {
    position = Math.min(words.size(), position + count);
    return this;
  }

  /**
   * Takes options up to the first word that is none, with {@code --} as the last; those named here
   * take the following word too unless it is attached.
   */
  Arguments skipOptions(String... withValue) {
    List<String> valued = List.of(withValue);
    while (nextIsOption()) {
      String option = next();
      if (option.equals("--")) {
        break;
      }
      if (takesNext(option, valued)) {
        position++;
      }
    }
    return this;
  }

  /** Whether an option of this form has its value in the following word. */
  static boolean takesNext(String option, List<String> valued) {
    if (option.startsWith("--")) {
      return option.indexOf('=') < 0 && valued.contains(option.substring(2));
    }
    for (int index = 1; index < option.length(); index++) {
      if (valued.contains(option.substring(index, index + 1))) {
        return index == option.length() - 1;
      }
    }
    return valued.contains(option.substring(1));
  }
}
