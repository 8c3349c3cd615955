package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Listing;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.net.NetworkNamespace;
import io.packetwalk.model.net.RouteType;
import io.packetwalk.model.net.Routing;
import io.packetwalk.model.netfilter.Netfilter;
import io.packetwalk.model.openflow.OpenVswitch;
import io.packetwalk.read.CommandReader;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.command.netfilter.FilterReaders;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import io.packetwalk.read.transcript.Place;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A namespace for tests, described by what commands print in it. */
final class Namespace {
  static final NamespaceId ID = NamespaceId.host("node");

  private final List<String> local = new ArrayList<>();
  private Netfilter netfilter = Netfilter.unknown();
  private final Map<String, String> masquerades = new LinkedHashMap<>();

  static Namespace with(String command, String output) {
    return new Namespace().and(command, output);
  }

  Namespace and(String command, String output) {
    List<Line> lines = new ArrayList<>();
    int number = 2;
    for (String line : output.split("\n", -1)) {
      lines.add(new Line("state.txt", number++, line));
    }
    CommandRun run =
        new CommandRun(
            new Place.Host("node"),
            List.of(command.split(" ")),
            new Line("state.txt", 1, "# " + command),
            lines,
            false);
    for (CommandReader reader : FilterReaders.all()) {
      if (reader.recognise(run).isPresent()) {
        Reading reading = reader.read(run);
        if (!reading.unread().isEmpty()) {
          throw new IllegalArgumentException("unread: " + reading.unread());
        }
        reading.facts().forEach(this::take);
        return this;
      }
    }
    throw new IllegalArgumentException("no reader for " + command);
  }

  private void take(Fact fact) {
    if (fact instanceof Fact.Filter(var dump)) {
      netfilter = netfilter.with(dump);
    } else if (fact instanceof Fact.AddressSets(var listing)) {
      netfilter = netfilter.withSets(listing);
    } else if (fact instanceof Fact.Connections(var listing)) {
      netfilter = netfilter.withConnections(listing);
    }
  }

  /** With addresses that are the namespace's own. */
  Namespace local(String... addresses) {
    local.addAll(List.of(addresses));
    return this;
  }

  /** With a device that lends this address to what is masqueraded; others lend 192.0.2.1. */
  Namespace masquerading(String device, String address) {
    masquerades.put(device, address);
    return this;
  }

  Hooks hooks() {
    return hooks(Links.unknown(), new Stack(Set.copyOf(local), masquerades));
  }

  Hooks hooks(Links links, Surroundings surroundings) {
    NetworkNamespace namespace =
        new NetworkNamespace(
            ID,
            links,
            Routing.unknown(),
            Map.of(),
            netfilter,
            Listing.unknown(),
            OpenVswitch.unknown());
    return new Hooks(namespace, surroundings);
  }

  static InFlight arriving(Packet packet, String device) {
    return new InFlight(packet, 0, Optional.of(device), Optional.empty(), Tracking.NONE);
  }

  static InFlight starting(Packet packet, String device) {
    return new InFlight(packet, 0, Optional.empty(), Optional.of(device), Tracking.NONE);
  }

  static Packet udp(String source, int sourcePort, String destination, int destinationPort) {
    return Packet.of(
        Ipv4.of(IpAddress.of(source), IpAddress.of(destination), IpProtocol.UDP, 64),
        Udp.of(sourcePort, destinationPort),
        Payload.zeros(10));
  }

  static Packet tcp(
      String source, int sourcePort, String destination, int destinationPort, int flags) {
    return Packet.of(
        Ipv4.of(IpAddress.of(source), IpAddress.of(destination), IpProtocol.TCP, 64),
        Tcp.of(sourcePort, destinationPort, flags));
  }

  private record Stack(Set<String> local, Map<String, String> masquerades) implements Surroundings {
    @Override
    public Optional<RouteType> addressType(IpAddress address) {
      return Optional.of(local.contains(address.toString()) ? RouteType.LOCAL : RouteType.UNICAST);
    }

    @Override
    public Optional<IpAddress> masqueradeAddress(String outputDevice, IpAddress destination) {
      return Optional.of(IpAddress.of(masquerades.getOrDefault(outputDevice, "192.0.2.1")));
    }

    @Override
    public Optional<List<String>> routeDevices(InFlight packet, boolean source, boolean withMark) {
      return packet.input().map(List::of);
    }

    @Override
    public Optional<Boolean> reversePath(InFlight packet, boolean loose, boolean withMark) {
      return Optional.of(true);
    }
  }
}
