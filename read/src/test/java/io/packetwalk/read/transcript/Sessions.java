package io.packetwalk.read.transcript;

import java.util.List;

/** Texts taken apart, for tests. */
final class Sessions {
  private Sessions() {}

  static Transcript split(String file, String text) {
    return TranscriptSplitter.split(file, TextCleaner.lines(file, text));
  }

  static Transcript split(String text) {
    return split("session.txt", text);
  }

  static List<String> shown(Transcript transcript) {
    return transcript.entries().stream()
        .map(Transcript.Entry::run)
        .map(run ->
            PlaceText.of(run.place())
                + " | "
                + String.join(" ", run.words())
                + " | "
                + String.join("/", run.output().stream().map(Line::text).toList())
                + (run.gap() ? " | gap" : ""))
        .toList();
  }
}
