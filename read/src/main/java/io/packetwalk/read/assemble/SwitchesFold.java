package io.packetwalk.read.assemble;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.DatapathFlow;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The bridges of Open vSwitch in one namespace as they become known. */
final class SwitchesFold {
  private final Map<String, SwitchFold> switches = new TreeMap<>();
  private final Set<String> whole = new TreeSet<>();
  private Listing<Connection> connections = Listing.unknown();
  private Listing<DatapathFlow> datapathFlows = Listing.unknown();

  private Optional<Source> restoring = Optional.empty();

  private record ConnectionKey(int protocol, Connection.End original, int zone) {
    static Object of(Connection connection) {
      return new ConnectionKey(connection.protocol(), connection.original(), connection.zone());
    }
  }

  /** Whether anything of Open vSwitch was shown. */
  boolean isAny() {
    return !switches.isEmpty() || !whole.isEmpty() || !datapathFlows.isUnknown();
  }

  /** Remembers for which bridges every port was shown. */
  void ports(Fact.SwitchPorts shown) {
    if (shown.listing().isComplete()) {
      shown.ofBridge().ifPresent(whole::add);
      shown.listing().stream().map(SwitchPort::bridge).forEach(whole::add);
    }
  }

  void fold(Fact.OfSwitch shown) {
    switches.computeIfAbsent(shown.bridge(), name -> new SwitchFold()).fold(shown.fact());
  }

  void connections(Fact.DatapathConnections shown) {
    connections =
        ListingFold.covering(
            ListingFold.over(connections, shown.listing(), ConnectionKey::of),
            connections.isComplete() || shown.listing().isComplete());
  }

  void datapathFlows(Fact.DatapathFlows shown) {
    datapathFlows =
        ListingFold.covering(
            ListingFold.over(datapathFlows, shown.listing(), DatapathFlow::match),
            shown.listing().isComplete());
  }

  void restoring(Fact.FlowRestoreWait shown) {
    restoring = shown.waiting() ? Optional.of(shown.line()) : Optional.empty();
  }

  /** Every bridge that has ports or tables. */
  OpenVswitch openVswitch(Listing<SwitchPort> ports) {
    Map<String, List<SwitchPort>> byBridge = new TreeMap<>();
    ports.stream()
        .forEach(
            port -> byBridge.computeIfAbsent(port.bridge(), name -> new ArrayList<>()).add(port));
    switches.keySet().forEach(name -> byBridge.computeIfAbsent(name, bridge -> new ArrayList<>()));
    nameTheUnnamed(byBridge);
    List<Switch> known = new ArrayList<>();
    byBridge.forEach((name, own) -> {
      Listing<SwitchPort> listing =
          own.isEmpty() && !ports.isComplete()
              ? Listing.unknown()
              : new Listing<>(
                  whole.contains(name) ? Coverage.COMPLETE : Coverage.PARTIAL, own, ports.seenAt());
      known.add(switches.getOrDefault(name, new SwitchFold()).named(name, listing));
    });
    return new OpenVswitch(known, connections, datapathFlows, restoring);
  }

  /** Output whose command wasn't shown belongs to the only bridge that is known. */
  private void nameTheUnnamed(Map<String, List<SwitchPort>> byBridge) {
    SwitchFold unnamed = switches.get("");
    List<SwitchPort> ports = byBridge.getOrDefault("", List.of());
    if (byBridge.size() == 2 && byBridge.containsKey("")) {
      byBridge.remove("");
      String only = byBridge.keySet().iterator().next();
      byBridge.getOrDefault(only, new ArrayList<>()).addAll(ports);
      if (unnamed != null) {
        switches.computeIfAbsent(only, name -> new SwitchFold()).fold(unnamed);
      }
    }
  }
}
