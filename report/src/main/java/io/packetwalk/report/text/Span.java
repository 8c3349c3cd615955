package io.packetwalk.report.text;

/** A piece of text in one tone. Whatever it is made from, it is {@link Printable}. */
public record Span(String text, Tone tone) {
  public Span {
    text = Printable.of(text);
  }

  int width() {
    return TextWidth.of(text);
  }
}
