package io.packetwalk.read;

import io.packetwalk.read.transcript.Line;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which lines of a command's output may be a person's notes: those behind the first blank line, and
 * those that read like prose wherever they stand.
 */
final class Paragraphs {
  private final Set<Integer> behindBlank;

  private Paragraphs(Set<Integer> behindBlank) {
    this.behindBlank = behindBlank;
  }

  static Paragraphs of(List<Line> output) {
    Set<Integer> behind = new LinkedHashSet<>();
    boolean content = false;
    boolean blank = false;
    for (Line line : output) {
      if (line.isBlank()) {
        blank |= content;
        continue;
      }
      content = true;
      if (blank) {
        behind.add(line.number());
      }
    }
    return new Paragraphs(behind);
  }

  boolean isNote(Line line) {
    return behindBlank.contains(line.number()) || isProse(line);
  }

  /** The same in an output that nobody reads, where a blank line may be the output's own. */
  boolean isNoteOfUnknown(Line line) {
    return behindBlank.contains(line.number()) && isProse(line);
  }

  /** Whether a line reads like a sentence, a heading or a ruler. */
  private static boolean isProse(Line line) {
    String text = line.text().strip();
    return text.length() < 4096 && isProse(text);
  }

  private static boolean isProse(String text) {
    boolean ruler = text.chars().allMatch(character -> "-=*_#~".indexOf(character) >= 0);
    if (ruler || text.startsWith("#") || text.startsWith("//") || text.startsWith("<--")) {
      return true;
    }
    String[] words = text.split("\\s+", 40);
    long plain = 0;
    for (String word : words) {
      plain += isPlain(word) ? 1 : 0;
    }
    boolean sentence = text.endsWith(":") || text.endsWith(".") || text.endsWith("?");
    return words.length >= (sentence ? 2 : 5) && plain * 10 >= words.length * 7L;
  }

  private static boolean isPlain(String word) {
    int end = word.length();
    while (end > 0 && ".,:;?!)\"'".indexOf(word.charAt(end - 1)) >= 0) {
      end--;
    }
    for (int index = 0; index < end; index++) {
      char character = word.charAt(index);
      if (!Character.isLetter(character) && "('\"-".indexOf(character) < 0) {
        return false;
      }
    }
    return end > 0;
  }
}
