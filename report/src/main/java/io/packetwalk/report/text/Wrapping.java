package io.packetwalk.report.text;

import java.util.ArrayList;
import java.util.List;

/** The breaking of one phrase into lines. */
final class Wrapping {
  /** Text needs some room, even where the indentation has eaten it all. */
  private static final int NARROWEST = 12;

  private final int columns;
  private final int hanging;
  private final List<Phrase> lines = new ArrayList<>();
  private final List<Span> line = new ArrayList<>();
  private int used;
  private boolean atStart = true;

  Wrapping(int columns, int hanging) {
    this.hanging = hanging;
    this.columns = Math.max(columns, hanging + NARROWEST);
  }

  List<Phrase> of(Phrase phrase) {
    for (List<Span> word : Words.of(phrase)) {
      append(word);
    }
    finish();
    return lines;
  }

  private void append(List<Span> word) {
    int width = word.stream().mapToInt(Span::width).sum();
    boolean blank = word.getFirst().text().isBlank();
    if (used + width > columns && !atStart) {
      finish();
      begin();
    }
    if (blank && atStart && !lines.isEmpty()) {
      return;
    }
    if (used + width > columns && !blank) {
      cut(word);
    } else {
      put(word, width);
    }
    atStart = atStart && blank;
  }

  private void put(List<Span> word, int width) {
    line.addAll(word);
    used += width;
  }

  /** A word that is longer than a line is cut where the line ends. */
  private void cut(List<Span> word) {
    for (Span span : word) {
      StringBuilder part = new StringBuilder();
      for (int character : span.text().codePoints().toArray()) {
        int width = TextWidth.of(character);
        if (used + width > columns) {
          line.add(new Span(part.toString(), span.tone()));
          part.setLength(0);
          finish();
          begin();
        }
        part.appendCodePoint(character);
        used += width;
      }
      line.add(new Span(part.toString(), span.tone()));
    }
  }

  private void begin() {
    line.add(new Span(" ".repeat(hanging), Tone.PLAIN));
    used = hanging;
    atStart = true;
  }

  private void finish() {
    lines.add(new Phrase(line));
    line.clear();
    used = 0;
  }
}
