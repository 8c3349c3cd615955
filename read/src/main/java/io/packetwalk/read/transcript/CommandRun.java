package io.packetwalk.read.transcript;

import java.util.List;

/**
 * One command with its output, as a transcript shows it.
 *
 * @param words the command without wrappers ({@code sudo}, {@code ip netns exec}, {@code kubectl
 *     exec … --}), split as a shell splits; the first one without its folder
 * @param prompt the line with the prompt and the command; for output without a prompt the first
 *     line of it
 * @param output the lines up to the next prompt, notes that people wrote included
 * @param gap whether part of the output was left out ({@code <omitted>}, {@code ...}) or filtered
 *     ({@code | grep}, {@code | head})
 */
public record CommandRun(
    Place place, List<String> words, Line prompt, List<Line> output, boolean gap) {
  public CommandRun {
    words = List.copyOf(words);
    output = List.copyOf(output);
  }

  /** The same, found to have run elsewhere. */
  CommandRun at(Place other) {
    return new CommandRun(other, words, prompt, output, gap);
  }

  public String word(int index) {
    return index < words.size() ? words.get(index) : "";
  }
}
