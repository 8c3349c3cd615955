package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code ovs-vsctl list TABLE} and {@code ovsdb-client dump}, as lists or as tables. */
final class DatabaseReader implements CommandReader {
  private static final Set<String> TABLES = Set.of("bridge", "port", "interface", "open_vswitch");

  @Override
  public Optional<String> recognise(CommandRun run) {
    if (run.word(0).equals("ovsdb-client") && run.words().contains("dump")) {
      return Optional.of("ovsdb-client dump");
    }
    boolean lists = run.word(0).equals("ovs-vsctl") && table(run).isPresent();
    return lists ? Optional.of("ovs-vsctl list") : Optional.empty();
  }

  /** The table behind {@code list} or {@code find}. */
  private static Optional<String> table(CommandRun run) {
    for (int index = 1; index + 1 < run.words().size(); index++) {
      String word = run.word(index);
      if (word.equals("list") || word.equals("find")) {
        return Optional.of(run.word(index + 1).toLowerCase(Locale.ROOT));
      }
    }
    return Optional.empty();
  }

  @Override
  public Reading read(CommandRun run) {
    Rows rows = new Rows(table(run).orElse(""));
    run.output().forEach(rows::line);
    rows.close();
    Optional<List<DatabaseRow>> table = DatabaseTable.of(run, table(run).orElse(""));
    table.ifPresent(found -> rows.unread.clear());
    List<Fact> facts = new ArrayList<>(DatabaseRow.datapaths(table.orElse(rows.rows)));
    facts.addAll(DatabaseRow.restoring(table.orElse(rows.rows)));
    List<SwitchPort> ports = DatabaseRow.ports(table.orElse(rows.rows));
    if (ports.isEmpty()) {
      return new Reading(facts, rows.unread);
    }
    boolean dump = run.word(0).equals("ovsdb-client") && !run.gap() && rows.unread.isEmpty();
    Listing<SwitchPort> listing =
        new Listing<>(
            dump ? Coverage.COMPLETE : Coverage.PARTIAL, ports, List.of(run.prompt().source()));
    facts.add(new Fact.SwitchPorts(Optional.empty(), listing));
    return new Reading(facts, rows.unread);
  }

  /** The rows as they are read, line by line. */
  private static final class Rows {
    private final List<DatabaseRow> rows = new ArrayList<>();
    private final List<Reading.Unread> unread = new ArrayList<>();
    private String table;
    private Map<String, String> columns = new TreeMap<>();
    private Optional<Source> source = Optional.empty();
    private String header = "";
    private List<Span> spans = List.of();

    Rows(String table) {
      this.table = table;
    }

    void line(Line line) {
      String text = line.text().strip();
      int colon = text.indexOf(':');
      if (text.isEmpty()) {
        close();
        spans = List.of();
      } else if (text.endsWith(" table") && text.indexOf(' ') == text.length() - 6) {
        close();
        spans = List.of();
        table = text.substring(0, text.length() - 6).toLowerCase(Locale.ROOT);
      } else if (text.chars().allMatch(character -> character == '-' || character == ' ')) {
        spans = Span.of(line.text(), header);
      } else if (!spans.isEmpty()) {
        cells(line);
      } else if (colon > 0 && text.substring(0, colon).strip().indexOf(' ') < 0) {
        source = source.isPresent() ? source : Optional.of(line.source());
        columns.put(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
      } else if (line.text().startsWith("_uuid") || TABLES.contains(table)) {
        header = line.text();
      } else if (!table.isEmpty()) {
        header = line.text();
      } else {
        unread.add(new Reading.Unread(line, "not a row of a table"));
      }
    }

    private void cells(Line line) {
      Map<String, String> cells = new TreeMap<>();
      for (Span span : spans) {
        cells.put(span.name(), span.cut(line.text()));
      }
      add(cells, line.source());
    }

    void close() {
      source.ifPresent(line -> add(columns, line));
      columns = new TreeMap<>();
      source = Optional.empty();
    }

    private void add(Map<String, String> cells, Source line) {
      if (TABLES.contains(table)) {
        rows.add(new DatabaseRow(table, cells, line));
      }
    }
  }

  /** Where a column stands in a table's lines. */
  private record Span(String name, int start, int end) {
    static List<Span> of(String dashes, String header) {
      List<Span> spans = new ArrayList<>();
      int index = 0;
      while (index < dashes.length()) {
        while (index < dashes.length() && dashes.charAt(index) == ' ') {
          index++;
        }
        int start = index;
        while (index < dashes.length() && dashes.charAt(index) == '-') {
          index++;
        }
        if (index > start) {
          Span span = new Span("", start, index);
          spans.add(new Span(span.cut(header), start, index));
        }
      }
      return spans;
    }

    String cut(String line) {
      int from = Math.min(start, line.length());
      return line.substring(from, Math.min(end, line.length())).strip();
    }
  }
}
