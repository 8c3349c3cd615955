package io.packetwalk.read.transcript;

import io.packetwalk.read.transcript.Wrappers.Unwrapped;
import java.util.List;

/** Several commands on one line: which of the output's lines are whose isn't shown. */
final class JoinedCommands {
  private JoinedCommands() {}

  static void distribute(
      TranscriptSplitter splitter,
      Place place,
      Line promptLine,
      List<Pipeline> pipelines,
      List<Line> output) {
    List<String> names = pipelines.stream().map(pipeline -> pipeline.words().getFirst()).toList();
    splitter.run(
        new Unwrapped(place, List.of(String.join(";", names)), false), promptLine, output, true);
  }
}
