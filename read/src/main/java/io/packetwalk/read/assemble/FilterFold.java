package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.net.Socket;
import io.packetwalk.model.netfilter.Connection;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Netfilter;
import io.packetwalk.model.netfilter.VirtualConnection;
import io.packetwalk.model.netfilter.VirtualServer;
import io.packetwalk.read.Fact;

/** The packet filter and the sockets of one namespace as they become known. */
final class FilterFold {
  private Netfilter netfilter = Netfilter.unknown();
  private Listing<Socket> sockets = Listing.unknown();

  private record ConnectionKey(int protocol, Connection.End original, int zone) {
    static Object of(Connection connection) {
      return new ConnectionKey(connection.protocol(), connection.original(), connection.zone());
    }
  }

  private record VirtualKey(
      int protocol, VirtualConnection.End client, VirtualConnection.End virtual) {
    static Object of(VirtualConnection connection) {
      return new VirtualKey(connection.protocol(), connection.client(), connection.virtual());
    }
  }

  private record SocketKey(int protocol, Object address, boolean ipv6, int port, Object device) {
    static Object of(Socket socket) {
      return new SocketKey(
          socket.protocol(), socket.address(), socket.ipv6(), socket.port(), socket.device());
    }
  }

  void rules(Fact.Filter shown) {
    netfilter = netfilter.with(shown.dump());
  }

  void sets(Fact.AddressSets shown) {
    Listing<ElementSet> earlier = netfilter.sets();
    netfilter =
        netfilter.withSets(
            ListingFold.covering(
                ListingFold.over(earlier, shown.listing(), ElementSet::name),
                earlier.isComplete() || shown.listing().isComplete()));
  }

  void connections(Fact.Connections shown) {
    Listing<Connection> earlier = netfilter.connections();
    netfilter =
        netfilter.withConnections(
            ListingFold.covering(
                ListingFold.over(earlier, shown.listing(), ConnectionKey::of),
                earlier.isComplete() || shown.listing().isComplete()));
  }

  void virtualServers(Fact.VirtualServers shown) {
    Listing<VirtualServer> earlier = netfilter.virtualServers();
    netfilter =
        netfilter.withVirtualServers(
            ListingFold.covering(
                ListingFold.over(
                    earlier,
                    shown.listing(),
                    VirtualServer::selector,
                    entry -> true,
                    VirtualServerFold::over),
                earlier.isComplete() || shown.listing().isComplete()));
  }

  void virtualConnections(Fact.VirtualConnections shown) {
    Listing<VirtualConnection> earlier = netfilter.virtualConnections();
    netfilter =
        netfilter.withVirtualConnections(
            ListingFold.covering(
                ListingFold.over(earlier, shown.listing(), VirtualKey::of),
                earlier.isComplete() || shown.listing().isComplete()));
  }

  void sockets(Fact.Sockets shown) {
    sockets =
        ListingFold.covering(
            ListingFold.over(sockets, shown.listing(), SocketKey::of),
            sockets.isComplete() || shown.listing().isComplete());
  }

  Netfilter netfilter() {
    return netfilter;
  }

  Listing<Socket> sockets() {
    return sockets;
  }
}
