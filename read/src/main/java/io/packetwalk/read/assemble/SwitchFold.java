package io.packetwalk.read.assemble;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowMatch;
import io.packetwalk.model.openflow.FlowTables;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.LearnedMac;
import io.packetwalk.model.openflow.Meter;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.model.openflow.TunnelOption;
import io.packetwalk.read.SwitchFact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;

/** One bridge of Open vSwitch as it becomes known. */
final class SwitchFold {
  private final Map<TableId, Listing<Flow>> tables = new TreeMap<>();
  private final TreeSet<TableId> names = new TreeSet<>();
  private List<Source> everyTable = List.of();
  private Listing<Group> groups = Listing.unknown();
  private Listing<Meter> meters = Listing.unknown();
  private Listing<LearnedMac> macs = Listing.unknown();
  private Listing<TunnelOption> options = Listing.unknown();
  private OptionalLong datapathId = OptionalLong.empty();
  private Optional<String> datapathType = Optional.empty();

  private record FlowKey(int priority, FlowMatch match) {
    static Object of(Flow flow) {
      return new FlowKey(flow.priority(), flow.match());
    }
  }

  private record MacKey(Object mac, int vlan) {
    static Object of(LearnedMac entry) {
      return new MacKey(entry.mac(), entry.vlan());
    }
  }

  /** Lays what another one knows over this. */
  void fold(SwitchFold other) {
    other.tables.forEach((table, listing) -> tables.merge(table, listing, SwitchFold::later));
    names.addAll(other.names);
    everyTable = other.everyTable.isEmpty() ? everyTable : other.everyTable;
    datapathType = other.datapathType.or(() -> datapathType);
    groups = plain(groups, other.groups, Group::id);
    meters = plain(meters, other.meters, Meter::id);
    macs = plain(macs, other.macs, MacKey::of);
    options = plain(options, other.options, TunnelOption::index);
  }

  void fold(SwitchFact fact) {
    switch (fact) {
      case SwitchFact.Flows shown -> flows(shown);
      case SwitchFact.Groups shown -> groups = plain(groups, shown.listing(), Group::id);
      case SwitchFact.Meters shown -> meters = plain(meters, shown.listing(), Meter::id);
      case SwitchFact.Macs shown -> macs = plain(macs, shown.listing(), MacKey::of);
      case SwitchFact.TunnelOptions shown ->
          options = plain(options, shown.listing(), TunnelOption::index);
      case SwitchFact.TableNames shown -> names.addAll(shown.names());
      case SwitchFact.DatapathType shown -> datapathType = Optional.of(shown.type());
      case SwitchFact.DatapathId shown -> datapathId = OptionalLong.of(shown.id());
    }
  }

  private void flows(SwitchFact.Flows shown) {
    Map<TableId, List<Flow>> byTable = new TreeMap<>();
    shown.listing().stream()
        .forEach(flow -> byTable.computeIfAbsent(flow.table(), id -> new ArrayList<>()).add(flow));
    shown.ofTable().ifPresent(table -> asked(table, byTable));
    boolean whole = shown.ofTable().isEmpty() && shown.listing().isComplete();
    if (whole) {
      tables.keySet().removeIf(table -> !byTable.containsKey(table));
      everyTable = shown.listing().seenAt();
    }
    byTable.forEach((table, flows) ->
        tables.merge(
            table,
            new Listing<>(shown.listing().coverage(), flows, shown.listing().seenAt()),
            SwitchFold::later));
  }

  /** A table that was asked for in one form and shown in the other has both. */
  private void asked(TableId table, Map<TableId, List<Flow>> byTable) {
    if (byTable.isEmpty()) {
      byTable.put(table, new ArrayList<>());
    } else if (byTable.size() == 1) {
      TableId shown = byTable.keySet().iterator().next();
      OptionalInt number = table.number().isPresent() ? table.number() : shown.number();
      String name = table.name().isEmpty() ? shown.name() : table.name();
      if (number.isPresent() && !name.isEmpty()) {
        names.add(new TableId(number, name));
      }
    }
  }

  /** A table's own order is kept: of flows of one priority the dump doesn't say which counts. */
  private static Listing<Flow> later(Listing<Flow> earlier, Listing<Flow> shown) {
    if (shown.isComplete()) {
      return new Listing<>(
          Coverage.COMPLETE, shown.entries(), ListingFold.seen(earlier.seenAt(), shown.seenAt()));
    }
    return plain(earlier, shown, FlowKey::of);
  }

  private static <T> Listing<T> plain(
      Listing<T> earlier, Listing<T> later, java.util.function.Function<T, Object> key) {
    return ListingFold.covering(
        ListingFold.over(earlier, later, key), earlier.isComplete() || later.isComplete());
  }

  Switch named(String name, Listing<SwitchPort> ports) {
    return new Switch(
        name,
        datapathId,
        datapathType,
        ports,
        new FlowTables(tables, everyTable),
        List.copyOf(names),
        groups,
        meters,
        macs,
        options);
  }
}
