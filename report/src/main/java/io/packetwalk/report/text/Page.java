package io.packetwalk.report.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of text in the making, wrapped to the paper's width as they are added. */
public final class Page {
  private final Paper paper;
  private final List<Phrase> lines = new ArrayList<>();

  public Page(Paper paper) {
    this.paper = paper;
  }

  public int columns() {
    return paper.columns();
  }

  /** Adds a line; what doesn't fit goes on below, {@code hanging} columns from the left. */
  public Page line(Phrase phrase, int hanging) {
    lines.addAll(phrase.wrapped(paper.columns(), hanging));
    return this;
  }

  public Page line(Phrase phrase) {
    return line(phrase, 2);
  }

  /** Adds lines that are as wide as they should be. */
  public Page lines(List<Phrase> more) {
    lines.addAll(more);
    return this;
  }

  /** Adds an empty line, unless the page is empty or ends with one. */
  public Page gap() {
    if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
      lines.add(Phrase.EMPTY);
    }
    return this;
  }

  public Page heading(String text) {
    return gap().line(Phrase.of(text, Tone.STRONG));
  }

  /** What was written, line by line. */
  public List<Phrase> lines() {
    return List.copyOf(lines);
  }

  /** The page as the terminal gets it, each line ended. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Phrase line : lines) {
      write(line, text);
      text.append('\n');
    }
    return text.toString();
  }

  private void write(Phrase line, StringBuilder text) {
    int start = text.length();
    line.spans().forEach(span -> write(span, text));
    if (!paper.colour()) {
      int end = text.length();
      while (end > start && text.charAt(end - 1) == ' ') {
        end--;
      }
      text.setLength(end);
    }
  }

  private void write(Span span, StringBuilder text) {
    String shown = paper.ascii() ? Ascii.of(span.text()) : span.text();
    boolean plain = !paper.colour() || span.tone() == Tone.PLAIN || shown.isBlank();
    if (plain) {
      text.append(shown);
    } else {
      text.append("\u001b[").append(span.tone().parameters()).append('m');
      text.append(shown).append("\u001b[0m");
    }
  }
}
