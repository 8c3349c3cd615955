package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.openflow.DatapathFlow;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.model.openflow.Switch;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bridges of Open vSwitch in one namespace as they become known. */
final class SwitchesFold {
  private final Map<String, SwitchFold> switches = new TreeMap<>();
  private Listing<Connection> connections = Listing.unknown();
  private Listing<DatapathFlow> datapathFlows = Listing.unknown();

  private record ConnectionKey(int protocol, Connection.End original, int zone) {
    static Object of(Connection connection) {
      return new ConnectionKey(connection.protocol(), connection.original(), connection.zone());
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

  /** Every bridge that has ports or tables. */
  OpenVswitch openVswitch(Listing<SwitchPort> ports) {
    Map<String, List<SwitchPort>> byBridge = new TreeMap<>();
    ports.stream()
        .forEach(
            port -> byBridge.computeIfAbsent(port.bridge(), name -> new ArrayList<>()).add(port));
    switches.keySet().forEach(name -> byBridge.computeIfAbsent(name, bridge -> new ArrayList<>()));
    List<Switch> known = new ArrayList<>();
    byBridge.forEach((name, own) -> {
      Listing<SwitchPort> listing =
          own.isEmpty() && !ports.isComplete()
              ? Listing.unknown()
              : new Listing<>(ports.coverage(), own, ports.seenAt());
      known.add(switches.getOrDefault(name, new SwitchFold()).named(name, listing));
    });
    return new OpenVswitch(known, connections, datapathFlows);
  }
}
