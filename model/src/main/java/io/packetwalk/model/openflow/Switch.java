package io.packetwalk.model.openflow;

import io.packetwalk.model.Listing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A bridge of Open vSwitch: its ports and the tables that decide about packets.
 *
 * @param name the bridge's own, {@code br-int}
 * @param datapathId by which controllers know it
 * @param datapathType {@code system} or {@code netdev}; empty when nobody showed it
 * @param tableNames the tables whose name and number were shown together
 * @param options which Geneve option each {@code tun_metadata} field stands for
 */
public record Switch(
    String name,
    OptionalLong datapathId,
    Optional<String> datapathType,
    Listing<SwitchPort> ports,
    FlowTables flows,
    List<TableId> tableNames,
    Listing<Group> groups,
    Listing<Meter> meters,
    Listing<LearnedMac> macs,
    Listing<TunnelOption> options) {
  public Switch {
    tableNames = List.copyOf(tableNames);
  }

  public static Switch unknown(String name) {
    return new Switch(
        name,
        OptionalLong.empty(),
        Optional.empty(),
        Listing.unknown(),
        FlowTables.unknown(),
        List.of(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown(),
        Listing.unknown());
  }

  /** Whether Open vSwitch carries packets itself, past the kernel and its connection tracker. */
  public boolean isUserSpace() {
    return datapathType.filter("netdev"::equals).isPresent();
  }

  public Optional<SwitchPort> port(String device) {
    return ports.first(port -> port.device().equals(device));
  }

  public Optional<SwitchPort> port(int number) {
    return ports.first(port -> port.number().isPresent() && port.number().getAsInt() == number);
  }
}
