package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowTables;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The order of tables that were all listed by name: a dump of all tables goes by their numbers.
 *
 * <p>Since {@code goto_table} leads forward only, the flows themselves show when a listing doesn't
 * keep that order.
 */
final class TableOrder {
  private TableOrder() {}

  /**
   * Empty when tables were listed by number, one by one, or in another order.
   *
   * @param known tables whose number was shown: they may have been listed once more, out of order
   */
  static List<TableId> of(FlowTables flows, List<TableId> known) {
    boolean named = flows.tables().keySet().stream().allMatch(id -> id.number().isEmpty());
    if (!named || flows.everyTable().isEmpty()) {
      return List.of();
    }
    List<TableId> order = new ArrayList<>(flows.tables().keySet());
    order.removeIf(id -> flows.table(id).entries().isEmpty());
    order.sort(Comparator.comparingInt(id -> firstLine(flows.table(id))));
    place(known, order);
    Map<TableId, Integer> places = new LinkedHashMap<>();
    order.forEach(id -> places.put(id, places.size()));
    boolean fits =
        known.stream()
            .allMatch(table -> {
              int place = places.getOrDefault(TableId.of(table.name()), -1);
              return place < 0 || place == table.number().orElse(place);
            });
    return fits && leadsForward(flows, places) ? List.copyOf(order) : List.of();
  }

  private static void place(List<TableId> known, List<TableId> order) {
    List<TableId> placed =
        known.stream().filter(table -> order.contains(TableId.of(table.name()))).toList();
    placed.forEach(table -> order.remove(TableId.of(table.name())));
    for (TableId table : placed) {
      int place = Math.min(table.number().orElse(order.size()), order.size());
      order.add(place, TableId.of(table.name()));
    }
  }

  private static int firstLine(Listing<Flow> table) {
    return table.stream().mapToInt(flow -> flow.source().line()).min().orElse(Integer.MAX_VALUE);
  }

  private static boolean leadsForward(FlowTables flows, Map<TableId, Integer> places) {
    return flows.tables().values().stream()
        .flatMap(Listing::stream)
        .allMatch(flow ->
            targets(flow)
                .allMatch(target ->
                    places.getOrDefault(target, Integer.MAX_VALUE)
                        > places.getOrDefault(flow.table(), -1)));
  }

  private static Stream<TableId> targets(Flow flow) {
    return flow.actions().stream()
        .filter(FlowAction.GotoTable.class::isInstance)
        .map(action -> ((FlowAction.GotoTable) action).table());
  }
}
