package io.packetwalk.read.kubernetes;

import io.packetwalk.read.Reading;
import io.packetwalk.read.command.ColumnTable;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables of {@code kubectl get} and {@code calicoctl get}, one or several after another.
 *
 * <p>A table without its heading, as {@code | grep} and {@code --no-headers} leave it, has the
 * columns that the command prints.
 */
final class ObjectTables {
  private final ObjectScope scope;
  private final ClusterRows rows = new ClusterRows();
  private Optional<ColumnTable> table = Optional.empty();
  private Optional<ResourceKind> kind = Optional.empty();
  private boolean answered;

  private ObjectTables(ObjectScope scope) {
    this.scope = scope;
  }

  static Reading read(CommandRun run, ObjectScope scope, boolean labels) {
    ObjectTables tables = new ObjectTables(scope);
    tables.expect(labels);
    for (Line line : run.output()) {
      if (!line.isBlank()) {
        tables.take(line);
      }
    }
    return tables.reading(run);
  }

  private void expect(boolean labels) {
    if (scope.kinds().size() != 1) {
      return;
    }
    List<String> names = new ArrayList<>();
    if (scope.namespace().isEmpty() && scope.kinds().getFirst().isNamespaced()) {
      names.add("NAMESPACE");
    }
    names.addAll(TableColumns.of(scope.kinds().getFirst(), scope.output().equals("wide")));
    if (labels) {
      names.add("LABELS");
    }
    table = Optional.of(ColumnTable.of(names));
    kind = Optional.of(scope.kinds().getFirst());
  }

  private void take(Line line) {
    Optional<ColumnTable> heading = ColumnTable.headedBy(line);
    if (line.text().startsWith("No resources found")) {
      answered = true;
    } else if (heading.isPresent()) {
      table = heading;
      kind = TableColumns.kindOf(heading.get()).or(this::onlyKind);
      kind.ifPresent(rows::header);
      answered = true;
    } else {
      row(line);
    }
  }

  private Optional<ResourceKind> onlyKind() {
    return scope.kinds().size() == 1 ? Optional.of(scope.kinds().getFirst()) : Optional.empty();
  }

  private void row(Line line) {
    if (table.isEmpty()) {
      rows.skip(line, "not a row of a table of objects");
      return;
    }
    ObjectRow row = new ObjectRow(table.get().row(line), scope);
    Optional<ResourceKind> shown = row.prefixedKind().or(() -> kind);
    if (!row.isNamed() || shown.isEmpty()) {
      rows.skip(line, "not a row of a table of objects that are read");
    } else {
      TableRows.add(shown.get(), row, rows);
    }
  }

  private Reading reading(CommandRun run) {
    if (answered) {
      scope.kinds().forEach(rows::header);
    }
    return rows.reading(
        run,
        new ClusterRows.Extent() {
          @Override
          public boolean isAll(ResourceKind kind) {
            return scope.isAll() && scope.kinds().contains(kind);
          }

          @Override
          public Optional<String> namespace(ResourceKind kind) {
            return scope.namespace();
          }
        });
  }
}
