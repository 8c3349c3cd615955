package io.packetwalk.walk.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One switch ready to be walked: its tables, indexed when first met, its ports and groups. */
final class SwitchTables {
  private static final int TABLES = 255;

  private final Switch bridge;
  private final PortNumbers ports;
  private final Map<TableId, TupleSpace> indexes = new LinkedHashMap<>();
  private final Map<Long, Group> groups = new LinkedHashMap<>();
  private final Map<String, TableId> byName = new TreeMap<>();
  private final Map<Integer, TableId> byNumber = new TreeMap<>();
  private @Nullable List<TableId> ordered;

  SwitchTables(Switch bridge) {
    this.bridge = bridge;
    this.ports = new PortNumbers(bridge);
    bridge.groups().stream().forEach(group -> groups.put(group.id(), group));
    bridge.tableNames().forEach(this::both);
    for (TableId table : bridge.flows().tables().keySet()) {
      alone(table);
    }
  }

  private void both(TableId table) {
    if (table.number().isPresent() && !table.name().isEmpty()) {
      TableId key = listed(table);
      byName.put(table.name(), key);
      byNumber.put(table.number().getAsInt(), key);
    }
  }

  /** The form in which the flows were listed. */
  private TableId listed(TableId table) {
    TableId number = TableId.of(table.number().orElse(0));
    TableId name = TableId.of(table.name());
    return bridge.flows().tables().containsKey(name) ? name : number;
  }

  private void alone(TableId table) {
    if (table.number().isPresent()) {
      byNumber.putIfAbsent(table.number().getAsInt(), table);
    } else {
      byName.putIfAbsent(table.name(), table);
    }
  }

  /**
   * Whether a table's number stands for a name by the order of the listing only: a dump goes by
   * numbers, and controllers that name their tables number them without gaps.
   */
  boolean isByOrder(TableId table) {
    return table.number().isPresent()
        && !byNumber.containsKey(table.number().getAsInt())
        && order().size() > table.number().getAsInt();
  }

  /** The command that shows which number a table's name has. */
  static String numbering(String bridge) {
    return "ovs-ofctl dump-tables " + bridge;
  }

  /** The tables in the order in which the dump lists them, when it calls all of them by name. */
  private List<TableId> order() {
    if (ordered == null) {
      ordered = TableOrder.of(bridge.flows(), bridge.tableNames());
    }
    return ordered;
  }

  /**
   * Whether a port's number, which nobody showed, could be one by which flows tell ports that
   * packets come from.
   */
  boolean isNumberWanted(int port) {
    return PortNumbers.isInvented(port)
        && bridge.flows().tables().values().stream()
            .flatMap(Listing::stream)
            .flatMap(flow -> flow.match().conditions().stream())
            .anyMatch(this::isUnnamedPort);
  }

  private boolean isUnnamedPort(FlowMatch.Condition condition) {
    return condition instanceof FlowMatch.Masked(FlowField field, Bits value, Bits _)
        && field.equals(FlowFields.IN_PORT)
        && ports.port((int) value.low()).isEmpty()
        && (int) value.low() != PortId.LOCAL;
  }

  Switch bridge() {
    return bridge;
  }

  PortNumbers ports() {
    return ports;
  }

  Optional<Group> group(long id) {
    return Optional.ofNullable(groups.get(id));
  }

  /** The name by which the listing knows a table. */
  TableId canonical(TableId table) {
    if (table.number().isPresent()) {
      int number = table.number().getAsInt();
      return isByOrder(table) ? order().get(number) : byNumber.getOrDefault(number, table);
    }
    return byName.getOrDefault(table.name(), table);
  }

  /**
   * The table that packets come to first: table 0. When tables were listed by name only, that is
   * the one whose flows were listed first, since a dump goes by numbers.
   */
  TableId first() {
    TableId zero = byNumber.getOrDefault(0, TableId.of(0));
    boolean listed = bridge.flows().tables().containsKey(zero);
    if (listed || byName.isEmpty()) {
      return zero;
    }
    return firstNamed().orElse(zero);
  }

  /** Whether the first table was found by its place in the listing only. */
  boolean isFirstByOrder() {
    return first().number().isEmpty() && !byNumber.containsKey(0);
  }

  private Optional<TableId> firstNamed() {
    TableId first = null;
    int line = Integer.MAX_VALUE;
    for (Map.Entry<TableId, Listing<Flow>> entry : bridge.flows().tables().entrySet()) {
      for (Flow flow : entry.getValue().entries()) {
        if (flow.source().line() < line) {
          line = flow.source().line();
          first = entry.getKey();
        }
      }
    }
    return Optional.ofNullable(first);
  }

  /** Where a table stands among the others, for the depth of nested look-ups. */
  int rank(TableId table) {
    if (table.number().isPresent()) {
      return table.number().getAsInt();
    }
    int place = order().indexOf(table);
    return place < 0 ? TABLES : place;
  }

  /**
   * A number says nothing about tables that were listed by names whose numbers nobody showed, and a
   * name nothing about those that were listed by number.
   */
  Listing<Flow> listing(TableId table) {
    if (bridge.flows().tables().containsKey(table)) {
      return bridge.flows().table(table);
    }
    boolean hidden = table.name().isEmpty() ? hasNameAlone() : hasNumberAlone(table);
    return hidden ? Listing.unknown() : bridge.flows().table(table);
  }

  private boolean hasNameAlone() {
    return byName.values().stream().anyMatch(id -> !byNumber.containsValue(id));
  }

  private boolean hasNumberAlone(TableId table) {
    return !byName.containsKey(table.name())
        && byNumber.values().stream()
            .anyMatch(id -> id.number().isPresent() && !byName.containsValue(id));
  }

  TupleSpace index(TableId table) {
    return indexes.computeIfAbsent(table, id -> TupleSpace.of(listing(id).entries(), ports));
  }
}
