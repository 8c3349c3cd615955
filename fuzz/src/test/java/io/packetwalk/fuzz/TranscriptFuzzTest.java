package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.TextCleaner;
import io.packetwalk.read.transcript.Transcript;
import io.packetwalk.read.transcript.TranscriptSplitter;
import java.util.List;

/** A file of any text is taken apart, and no line of it is made up. */
class TranscriptFuzzTest {
  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_file_of_any_text_is_taken_apart(byte[] input) {
    List<Line> lines = TextCleaner.lines("file.txt", InputText.of(input));
    Transcript transcript = TranscriptSplitter.split("file.txt", lines);
    for (Transcript.Entry entry : transcript.entries()) {
      assertThat(entry.run().prompt().number()).isBetween(1, Math.max(1, lines.size()));
      entry.run().output().forEach(line -> assertThat(line.number()).isBetween(1, lines.size()));
    }
    transcript.loose().forEach(line -> assertThat(line.number()).isBetween(1, lines.size()));
  }
}
