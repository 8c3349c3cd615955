package io.packetwalk.model.openflow;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The flow tables of a switch as far as they were shown.
 *
 * @param tables what was shown of each
 * @param everyTable the command lines that showed all tables at once: a table that isn't in {@code
 *     tables} is empty then
 */
public record FlowTables(Map<TableId, Listing<Flow>> tables, List<Source> everyTable) {
  public FlowTables {
    tables = Collections.unmodifiableMap(new TreeMap<>(tables));
    everyTable = List.copyOf(everyTable);
  }

  public static FlowTables unknown() {
    return new FlowTables(Map.of(), List.of());
  }

  public Listing<Flow> table(TableId id) {
    Listing<Flow> shown = tables.get(id);
    if (shown != null) {
      return shown;
    }
    return everyTable.isEmpty()
        ? Listing.unknown()
        : new Listing<>(Coverage.COMPLETE, List.of(), everyTable);
  }

  public boolean isUnknown() {
    return tables.isEmpty() && everyTable.isEmpty();
  }
}
