package io.packetwalk.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Text of several tones, on one line until it is wrapped. */
public record Phrase(List<Span> spans) {
  public static final Phrase EMPTY = new Phrase(List.of());

  public Phrase {
    spans = List.copyOf(merged(spans));
  }

  /** The same text in as few pieces as it has changes of tone. */
  private static List<Span> merged(List<Span> spans) {
    List<Span> merged = new ArrayList<>(spans.size());
    for (Span span : spans) {
      boolean same = !merged.isEmpty() && merged.getLast().tone() == span.tone();
      if (same) {
        merged.set(merged.size() - 1, new Span(merged.getLast().text() + span.text(), span.tone()));
      } else if (!span.text().isEmpty()) {
        merged.add(span);
      }
    }
    return merged;
  }

  public static Phrase of(String text) {
    return of(text, Tone.PLAIN);
  }

  public static Phrase of(String text, Tone tone) {
    return text.isEmpty() ? EMPTY : new Phrase(List.of(new Span(text, tone)));
  }

  public Phrase and(String text) {
    return and(text, Tone.PLAIN);
  }

  public Phrase and(String text, Tone tone) {
    return and(of(text, tone));
  }

  public Phrase and(Phrase more) {
    return new Phrase(Stream.concat(spans.stream(), more.spans.stream()).toList());
  }

  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** In columns. */
  public int width() {
    return spans.stream().mapToInt(Span::width).sum();
  }

  /** This phrase with spaces behind it, so that it takes this many columns or more. */
  public Phrase padded(int columns) {
    return and(" ".repeat(Math.max(0, columns - width())));
  }

  /** The text without its tones. */
  public String plain() {
    StringBuilder text = new StringBuilder();
    spans.forEach(span -> text.append(span.text()));
    return text.toString();
  }

  /**
   * This phrase as lines of at most this many columns, broken at spaces where it can be. Every line
   * but the first begins with {@code hanging} spaces.
   */
  public List<Phrase> wrapped(int columns, int hanging) {
    return width() <= columns ? List.of(this) : new Wrapping(columns, hanging).of(this);
  }

  /** Phrases in a row with this text between them. */
  public static Phrase joined(List<Phrase> phrases, Phrase separator) {
    List<Span> spans = new ArrayList<>();
    for (Phrase phrase : phrases) {
      if (!spans.isEmpty()) {
        spans.addAll(separator.spans);
      }
      spans.addAll(phrase.spans);
    }
    return new Phrase(spans);
  }
}
