package io.packetwalk.read.transcript;

import io.packetwalk.model.Source;

/** A line of a file, cleaned of colour codes, carriage returns and trailing white space. */
public record Line(String file, int number, String text) {
  public Source source() {
    return new Source(file, number, text);
  }

  public boolean isBlank() {
    return text.isBlank();
  }
}
