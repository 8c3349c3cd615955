package io.packetwalk.read.command.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.SwitchPort.PortState;
import io.packetwalk.model.openflow.SwitchPort.PortVlan;
import io.packetwalk.read.Fact;
import io.packetwalk.read.SwitchFact;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A row of Open vSwitch's database: of {@code Open_vSwitch}, {@code Bridge}, {@code Port} or {@code
 * Interface}.
 *
 * @param columns values by column, as the tool printed them
 */
record DatabaseRow(String table, Map<String, String> columns, Source source) {
  DatabaseRow {
    columns = Collections.unmodifiableMap(new TreeMap<>(columns));
  }

  String text(String column) {
    return Split.unquoted(columns.getOrDefault(column, ""));
  }

  boolean has(String column) {
    return columns.containsKey(column);
  }

  /**
   * The interfaces as ports of their bridges. A port's VLANs and its bridge stand in other tables;
   * without these they aren't known.
   */
  static List<SwitchPort> ports(List<DatabaseRow> rows) {
    Map<String, String> bridgeOfPort = new TreeMap<>();
    Map<String, DatabaseRow> portOfInterface = new TreeMap<>();
    for (DatabaseRow row : rows) {
      if (row.table.equals("bridge")) {
        OvsdbText.set(row.columns.getOrDefault("ports", ""))
            .forEach(port -> bridgeOfPort.put(port, row.text("name")));
      } else if (row.table.equals("port")) {
        OvsdbText.set(row.columns.getOrDefault("interfaces", ""))
            .forEach(each -> portOfInterface.put(each, row));
      }
    }
    List<SwitchPort> ports = new ArrayList<>();
    for (DatabaseRow row : rows) {
      if (row.table.equals("interface") && !row.text("name").isEmpty()) {
        Optional<DatabaseRow> port = Optional.ofNullable(portOfInterface.get(row.text("_uuid")));
        String bridge =
            port.map(each -> bridgeOfPort.getOrDefault(each.text("_uuid"), "")).orElse("");
        ports.add(row.port(bridge, port.map(DatabaseRow::vlan).orElse(PortVlan.NONE)));
      }
    }
    return ports;
  }

  /** Who carries the packets of each bridge; the kernel where its column is empty. */
  static List<Fact> datapaths(List<DatabaseRow> rows) {
    return rows.stream()
        .filter(row -> row.table.equals("bridge") && row.has("datapath_type"))
        .filter(row -> !row.text("name").isEmpty())
        .map(row -> datapath(row.text("name"), row.text("datapath_type")))
        .toList();
  }

  /** Whether the daemon waits for its flows. */
  static List<Fact> restoring(List<DatabaseRow> rows) {
    return rows.stream()
        .filter(row -> row.table.equals("open_vswitch") && row.has("other_config"))
        .<Fact>map(row ->
            new Fact.FlowRestoreWait(
                RestoreWaitReader.isWaiting(row.columns.getOrDefault("other_config", "")),
                row.source))
        .toList();
  }

  private static Fact datapath(String bridge, String type) {
    String known = type.isEmpty() ? "system" : type;
    return new Fact.OfSwitch(bridge, new SwitchFact.DatapathType(known));
  }

  private SwitchPort port(String bridge, PortVlan vlan) {
    String type = text("type");
    return new SwitchPort(
        bridge,
        text("name"),
        number(text("ofport")),
        MacAddress.parse(text("mac_in_use")),
        type.isEmpty() ? Optional.empty() : Optional.of(type),
        OvsdbText.map(columns.getOrDefault("options", "")),
        vlan,
        state(),
        OvsdbText.map(columns.getOrDefault("external_ids", "")),
        source);
  }

  private PortVlan vlan() {
    String mode = text("vlan_mode");
    return new PortVlan(
        number(text("tag")),
        OvsdbText.numbers(columns.getOrDefault("trunks", "")),
        mode.isEmpty() || mode.equals("[]") ? Optional.empty() : Optional.of(mode));
  }

  private PortState state() {
    String link = text("link_state");
    String admin = text("admin_state");
    boolean shown = link.equals("up") || link.equals("down");
    return new PortState(
        admin.equals("down") ? List.of("PORT_DOWN") : List.of(),
        link.equals("down") ? List.of("LINK_DOWN") : List.of(),
        shown);
  }

  /** A port's number; the bridge's own is 65534 in the database. */
  private static OptionalInt number(String text) {
    int number = Numbers.decimal(text);
    if (number == 0xfffe) {
      return OptionalInt.of(SwitchPort.LOCAL);
    }
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
