package io.packetwalk.read.kubernetes;

import io.packetwalk.model.Source;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.command.ColumnTable;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.wire.IpAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A row of a table of objects: cells by column, with the object's name in one of them. */
record ObjectRow(ColumnTable.Row row, ObjectScope scope) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9._:-]{0,251}[a-z0-9])?");

  Line line() {
    return row.line();
  }

  Source source() {
    return row.line().source();
  }

  Optional<String> cell(String column) {
    return row.cell(column);
  }

  Optional<String> raw(String column) {
    return row.raw(column);
  }

  /** The kind before the name, as {@code kubectl get pods,svc} prints it. */
  Optional<ResourceKind> prefixedKind() {
    return row.cell("NAME")
        .filter(name -> name.indexOf('/') > 0)
        .flatMap(name -> ResourceKind.named(name.substring(0, name.indexOf('/'))));
  }

  /** Whether the row begins with what can be an object's name. */
  boolean isNamed() {
    boolean known = prefixedKind().isPresent() || row.cell("NAME").orElse("").indexOf('/') < 0;
    boolean namespace = NAME.matcher(row.cell("NAMESPACE").orElse("a")).matches();
    return known && namespace && NAME.matcher(plainName()).matches();
  }

  String plainName() {
    String name = row.cell("NAME").or(() -> row.cell("WORKLOAD")).orElse("");
    return name.substring(name.indexOf('/') + 1);
  }

  String namespace() {
    return scope.namespaceOr(row.cell("NAMESPACE").orElse(""));
  }

  ObjectName name() {
    return new ObjectName(namespace(), plainName());
  }

  /** The addresses of a cell with commas. */
  List<IpAddress> addresses(String column) {
    return list(column).stream().flatMap(text -> IpAddress.parse(text).stream()).toList();
  }

  List<String> list(String column) {
    return cell(column).map(text -> List.of(text.split(",", -1))).orElse(List.of());
  }

  /** The pairs of a cell such as {@code app=web,tier=front}. */
  static Map<String, String> labels(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        labels.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return labels;
  }
}
