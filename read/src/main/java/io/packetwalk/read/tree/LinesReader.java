package io.packetwalk.read.tree;

import io.packetwalk.read.transcript.Line;
import java.io.Reader;
import java.util.List;

/** The text of lines, without a copy of all of it. */
final class LinesReader extends Reader {
  private final List<Line> lines;
  private int line;
  private int column;

  LinesReader(List<Line> lines) {
    this.lines = lines;
  }

  @Override
  public int read(char[] into, int offset, int length) {
    int written = 0;
    while (written < length && line < lines.size()) {
      String text = lines.get(line).text();
      int part = Math.min(length - written, text.length() - column);
      text.getChars(column, column + part, into, offset + written);
      written += part;
      column += part;
      if (column == text.length() && written < length) {
        into[offset + written] = '\n';
        written++;
        line++;
        column = 0;
      }
    }
    return written == 0 && length > 0 ? -1 : written;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
