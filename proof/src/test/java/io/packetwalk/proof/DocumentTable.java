package io.packetwalk.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A table in the documentation whose rows are known by their first cell, and in its order. */
final class DocumentTable {
  private static final Pattern ROW =
      Pattern.compile("^\\| ([a-z0-9+-]+) \\|.*$", Pattern.MULTILINE);

  private final Path page;
  private final String before;
  private final String after;
  private final Map<String, String> rows = new TreeMap<>();

  private DocumentTable(Path page, String before, String rows, String after) {
    this.page = page;
    this.before = before;
    this.after = after;
    Matcher earlier = ROW.matcher(rows);
    while (earlier.find()) {
      this.rows.put(earlier.group(1), earlier.group());
    }
  }

  /** The one with this head: its first two lines. */
  static DocumentTable of(Path page, String head) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(head);
    if (begin < 0) {
      throw new IOException(page + " has no such table");
    }
    int rows = begin + head.length();
    int end = Math.max(rows, text.indexOf("\n\n", rows - 1));
    return new DocumentTable(
        page, text.substring(0, rows), text.substring(rows, end), text.substring(end));
  }

  /** Sets a row; an earlier one of the name goes. */
  void put(String name, String row) {
    rows.put(name, row);
  }

  void write() throws IOException {
    Files.writeString(page, before + String.join("\n", rows.values()) + after);
  }
}
