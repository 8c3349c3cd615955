package io.packetwalk.read.tree;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where documents begin and end among lines: at {@code ---}, and where a second object begins
 * without one.
 */
final class Documents {
  private static final Pattern BEGINNING =
      Pattern.compile("\\s*(?:[{\\[].*|-(?: .*)?|---.*|[\\w\"'./-]+\\s?:(?: .*)?)");

  private Documents() {}

  /** The documents that aren't empty. */
  static List<List<Line>> of(List<Line> lines) {
    List<List<Line>> documents = new ArrayList<>();
    int start = 0;
    boolean begun = false;
    boolean filled = false;
    for (int index = 0; index < lines.size(); index++) {
      Line line = lines.get(index);
      boolean object = line.text().startsWith("apiVersion:");
      if (line.text().startsWith("---") || (object && begun)) {
        if (filled) {
          documents.add(lines.subList(start, index));
        }
        start = index;
        begun = false;
        filled = false;
      }
      begun |= object;
      filled |= !line.isBlank() && !line.text().equals("---");
    }
    if (filled) {
      documents.add(lines.subList(start, lines.size()));
    }
    return documents;
  }

  /** The index of the first line that can begin a document; 0 when there is none. */
  static int start(List<Line> document) {
    for (int index = 0; index < document.size(); index++) {
      if (BEGINNING.matcher(document.get(index).text()).matches()) {
        return index;
      }
    }
    return 0;
  }
}
