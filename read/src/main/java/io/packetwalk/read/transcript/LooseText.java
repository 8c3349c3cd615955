package io.packetwalk.read.transcript;

import java.util.ArrayList;
import java.util.List;

/** Text that stands behind no command: pasted objects become commands of their own. */
final class LooseText {
  private final Place place;
  private final List<Transcript.Entry> entries;
  private final List<Line> loose;

  LooseText(Place place, List<Transcript.Entry> entries, List<Line> loose) {
    this.place = place;
    this.entries = entries;
    this.loose = loose;
  }

  void take(List<Line> lines) {
    int index = 0;
    while (index < lines.size()) {
      Line line = lines.get(index);
      if (ObjectText.begins(line.text())) {
        int end = ObjectText.end(lines, index);
        entries.add(declared(new ArrayList<>(lines.subList(index, end))));
        index = end;
      } else {
        loose.add(line);
        index++;
      }
    }
  }

  private Transcript.Entry declared(List<Line> block) {
    boolean fromServer = block.stream().anyMatch(line -> isServerField(line.text().strip()));
    List<String> words =
        fromServer ? List.of("kubectl", "get", "-o", "yaml") : List.of("kubectl", "declared");
    return new Transcript.Entry(
        new CommandRun(place, words, block.getFirst(), block, false), List.of());
  }

  private static boolean isServerField(String line) {
    return line.startsWith("uid: ")
        || line.startsWith("resourceVersion: ")
        || line.startsWith("creationTimestamp: \"");
  }
}
