package io.packetwalk.read.transcript;

import java.util.List;

/** What {@code echo} is told to print. */
final class Echo {
  private Echo() {}

  /** The words behind the options, without the escapes that stand for white space. */
  static List<String> words(List<String> command) {
    int first = 1;
    while (first < command.size() && command.get(first).matches("-[neE]+")) {
      first++;
    }
    return command.subList(Math.min(first, command.size()), command.size()).stream()
        .map(word -> word.replaceAll("\\\\[nt]", ""))
        .toList();
  }
}
