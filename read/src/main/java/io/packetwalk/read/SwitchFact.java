package io.packetwalk.read;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.Group;
import io.packetwalk.model.openflow.LearnedMac;
import io.packetwalk.model.openflow.Meter;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.model.openflow.TunnelOption;
import java.util.List;
import java.util.Optional;

/** Something that one command's output tells about a bridge of Open vSwitch. */
public sealed interface SwitchFact {
  /**
   * Flows.
   *
   * @param ofTable the only table that was asked for
   */
  record Flows(Optional<TableId> ofTable, Listing<Flow> listing) implements SwitchFact {}

  record Groups(Listing<Group> listing) implements SwitchFact {}

  record Meters(Listing<Meter> listing) implements SwitchFact {}

  record Macs(Listing<LearnedMac> listing) implements SwitchFact {}

  record TunnelOptions(Listing<TunnelOption> listing) implements SwitchFact {}

  /** Tables with both number and name. */
  record TableNames(List<TableId> names) implements SwitchFact {
    public TableNames {
      names = List.copyOf(names);
    }
  }

  record DatapathId(long id) implements SwitchFact {}

  /** Who carries the packets: {@code system} is the kernel, {@code netdev} Open vSwitch itself. */
  record DatapathType(String type) implements SwitchFact {}
}
