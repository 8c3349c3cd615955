package io.packetwalk.read.command.openflow;

import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.tree.Tree;
import io.packetwalk.read.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A table of the database as {@code -f json} or {@code -f csv} prints it (ovsdb-data, RFC 7047,
 * 5.1), with its values as the other formats write them.
 */
final class DatabaseTable {
  private DatabaseTable() {}

  /** The rows; empty when the output has another format. */
  static Optional<List<DatabaseRow>> of(CommandRun run, String table) {
    List<Line> lines = run.output().stream().filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String first = lines.getFirst().text().strip();
    if (first.startsWith("{\"")) {
      return Optional.of(ofJson(lines, table));
    }
    boolean separated = first.matches("[a-z_]+(,[a-z_]+)+");
    return separated ? Optional.of(ofCommas(lines, table)) : Optional.empty();
  }

  private static List<DatabaseRow> ofJson(List<Line> lines, String table) {
    List<DatabaseRow> rows = new ArrayList<>();
    List<Tree> documents = new ArrayList<>();
    Trees.read(lines, () -> new Documents(documents));
    for (Tree document : documents) {
      List<String> headings = document.texts("headings");
      for (Tree row : document.elements("data")) {
        List<Tree> cells = row instanceof Tree.Items items ? items.elements() : List.of();
        Map<String, String> columns = new TreeMap<>();
        for (int index = 0; index < Math.min(headings.size(), cells.size()); index++) {
          columns.put(headings.get(index), text(cells.get(index)));
        }
        row.source().ifPresent(source -> rows.add(new DatabaseRow(table, columns, source)));
      }
    }
    return rows;
  }

  private record Documents(List<Tree> found) implements Trees.Visitor {
    @Override
    public void element(Tree tree, String listKind) {
      found.add(tree);
    }

    @Override
    public void document(Tree tree) {
      found.add(tree);
    }
  }

  /** {@code ["set",[…]]} is {@code […]}, {@code ["map",[[k,v],…]]} is <code>{k=v, …}</code>. */
  private static String text(Tree cell) {
    if (!(cell instanceof Tree.Items items) || items.elements().size() != 2) {
      return cell.text().orElse("");
    }
    String kind = items.elements().getFirst().text().orElse("");
    Tree value = items.elements().getLast();
    List<Tree> members = value instanceof Tree.Items inside ? inside.elements() : List.of();
    return switch (kind) {
      case "set" ->
          members.stream().map(DatabaseTable::text).collect(Collectors.joining(", ", "[", "]"));
      case "map" ->
          members.stream()
              .filter(Tree.Items.class::isInstance)
              .map(pair -> ((Tree.Items) pair).elements())
              .filter(pair -> pair.size() == 2)
              .map(pair -> "%s=\"%s\"".formatted(text(pair.getFirst()), text(pair.getLast())))
              .collect(Collectors.joining(", ", "{", "}"));
      default -> value.text().orElse("");
    };
  }

  private static List<DatabaseRow> ofCommas(List<Line> lines, String table) {
    List<DatabaseRow> rows = new ArrayList<>();
    List<String> headings = cells(lines.getFirst().text().strip());
    for (Line line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line.text().strip());
      Map<String, String> columns = new TreeMap<>();
      for (int index = 0; index < Math.min(headings.size(), cells.size()); index++) {
        columns.put(headings.get(index), cells.get(index));
      }
      rows.add(new DatabaseRow(table, columns, line.source()));
    }
    return rows;
  }

  /** Quoted where they have commas; a quote inside is doubled (RFC 4180). */
  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int index = 0; index < line.length(); index++) {
      char character = line.charAt(index);
      boolean doubled = quoted && character == '"' && line.startsWith("\"\"", index);
      if (doubled) {
        cell.append('"');
        index++;
      } else if (character == '"') {
        quoted = !quoted;
      } else if (character == ',' && !quoted) {
        cells.add(cell.toString());
        cell.setLength(0);
      } else {
        cell.append(character);
      }
    }
    cells.add(cell.toString());
    return cells;
  }
}
