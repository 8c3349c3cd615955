package io.packetwalk.model.openflow;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.netfilter.Connection;
import java.util.List;
import java.util.Optional;

/**
 * Open vSwitch in a network namespace: its bridges, and the connections that its data path tracks.
 *
 * @param connections what {@code dpctl/dump-conntrack} showed
 * @param restoring what shows that it waits for its flows ({@code flow-restore-wait}): until it has
 *     them it forwards nothing but by what its data path still has
 */
public record OpenVswitch(
    List<Switch> switches,
    Listing<Connection> connections,
    Listing<DatapathFlow> datapathFlows,
    Optional<Source> restoring) {
  public OpenVswitch {
    switches = List.copyOf(switches);
  }

  public static OpenVswitch unknown() {
    return new OpenVswitch(List.of(), Listing.unknown(), Listing.unknown(), Optional.empty());
  }

  public Optional<Switch> named(String name) {
    return switches.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The switch that has this device as a port. */
  public Optional<Switch> withPort(String device) {
    return switches.stream().filter(each -> each.port(device).isPresent()).findFirst();
  }
}
