package io.packetwalk.report.text;

import java.util.ArrayList;
import java.util.List;

/** A phrase taken apart into runs of spaces and words; a word may change its tone on the way. */
final class Words {
  private final List<List<Span>> words = new ArrayList<>();
  private boolean blank = true;

  private Words() {}

  static List<List<Span>> of(Phrase phrase) {
    Words words = new Words();
    phrase.spans().forEach(words::split);
    return words.words;
  }

  private void split(Span span) {
    String text = span.text();
    int start = 0;
    while (start < text.length()) {
      int end = start + 1;
      boolean space = text.charAt(start) == ' ';
      while (end < text.length() && (text.charAt(end) == ' ') == space) {
        end++;
      }
      add(new Span(text.substring(start, end), span.tone()), space);
      start = end;
    }
  }

  private void add(Span run, boolean space) {
    if (words.isEmpty() || space != blank) {
      words.add(new ArrayList<>());
    }
    words.getLast().add(run);
    blank = space;
  }
}
