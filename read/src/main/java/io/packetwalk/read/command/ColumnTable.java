package io.packetwalk.read.command;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table under a heading of capitals, as {@code kubectl get} and {@code calicoctl get} print it.
 *
 * <p>Cells are told apart by the gaps between them when their number fits the heading, else by the
 * columns' positions when no word crosses one, else from the left: pasted tables lose alignment,
 * trailing columns, and sometimes every second space.
 */
public final class ColumnTable {
  private static final Pattern CELL = Pattern.compile("\\S+(?: \\S+)*");
  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9()/_ -]*");
  private static final Pattern RESTARTED = Pattern.compile("\\((?:\\S+ )?ago\\)");
  private static final List<String> TWO_WORDS =
      List.of("NOMINATED NODE", "READINESS GATES", "LAST SEEN");

  private final List<String> names;
  private final List<Integer> starts;

  private ColumnTable(List<String> names, List<Integer> starts) {
    this.names = names;
    this.starts = starts;
  }

  /** The table that this line is the heading of. */
  public static Optional<ColumnTable> headedBy(Line line) {
    String text = line.text();
    List<String> names = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    Matcher cell = CELL.matcher(text);
    while (cell.find()) {
      for (String name : apart(cell.group())) {
        names.add(name);
        starts.add(cell.start());
      }
    }
    boolean heading =
        !names.isEmpty()
            && List.of("NAME", "NAMESPACE", "WORKLOAD").contains(names.getFirst())
            && names.stream().allMatch(name -> NAME.matcher(name).matches());
    return heading ? Optional.of(new ColumnTable(names, starts)) : Optional.empty();
  }

  /** A table whose heading isn't shown. */
  public static ColumnTable of(List<String> names) {
    return new ColumnTable(names, List.of());
  }

  public boolean has(String column) {
    return names.contains(column);
  }

  /** A line's cells by their columns; those that aren't there are left out. */
  public Row row(Line line) {
    List<String> cells = cells(line.text());
    Map<String, String> row = new LinkedHashMap<>();
    for (int index = 0; index < Math.min(cells.size(), names.size()); index++) {
      if (!cells.get(index).isEmpty()) {
        row.put(names.get(index), cells.get(index));
      }
    }
    return new Row(line, row);
  }

  private List<String> cells(String text) {
    List<String> gapped = new ArrayList<>();
    Matcher cell = CELL.matcher(text);
    while (cell.find()) {
      gapped.add(cell.group());
    }
    if (gapped.size() == names.size()) {
      return gapped;
    }
    if (fitsPositions(text)) {
      return atPositions(text);
    }
    return gapped.size() > 1 ? gapped : words(text);
  }

  private boolean fitsPositions(String text) {
    boolean distinct = starts.size() == names.size() && starts.stream().distinct().count() > 1;
    return distinct
        && starts.stream()
            .filter(start -> start > 0 && start <= text.length())
            .allMatch(start -> Character.isWhitespace(text.charAt(start - 1)));
  }

  private List<String> atPositions(String text) {
    List<String> cells = new ArrayList<>();
    for (int index = 0; index < starts.size(); index++) {
      int start = Math.min(starts.get(index), text.length());
      int end = index + 1 < starts.size() ? starts.get(index + 1) : text.length();
      String cell = text.substring(start, Math.clamp(end, start, text.length())).strip();
      Matcher first = CELL.matcher(cell);
      cells.add(first.find() ? first.group() : "");
    }
    return cells;
  }

  /** Columns with single spaces between them; {@code 5 (3h ago)} is one cell. */
  private static List<String> words(String text) {
    return Tokens.split(RESTARTED.matcher(text).replaceAll(""));
  }

  private static List<String> apart(String heading) {
    if (heading.indexOf(' ') < 0 || TWO_WORDS.contains(heading)) {
      return List.of(heading);
    }
    String joined = heading;
    for (String two : TWO_WORDS) {
      joined = joined.replace(two, two.replace(' ', '\t'));
    }
    List<String> names = new ArrayList<>();
    for (String name : joined.split(" ", -1)) {
      names.add(name.replace('\t', ' '));
    }
    return names;
  }

  /**
   * A line of the table.
   *
   * @param cells by column, without those that are empty or cut off
   */
  public record Row(Line line, Map<String, String> cells) {
    public Row {
      cells = Collections.unmodifiableMap(new LinkedHashMap<>(cells));
    }

    /** A cell's text; {@code <none>} and the like are no text. */
    public Optional<String> cell(String column) {
      return Optional.ofNullable(cells.get(column)).filter(text -> !text.startsWith("<"));
    }

    /** A cell's text with {@code <none>} as it stands. */
    public Optional<String> raw(String column) {
      return Optional.ofNullable(cells.get(column));
    }
  }
}
