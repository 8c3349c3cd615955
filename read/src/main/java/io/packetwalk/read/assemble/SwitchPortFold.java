package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.Fact;

/** The ports of Open vSwitch: one command knows their numbers, another one their types. */
final class SwitchPortFold {
  private SwitchPortFold() {}

  static Listing<SwitchPort> over(Listing<SwitchPort> earlier, Fact.SwitchPorts shown) {
    Listing<SwitchPort> folded =
        ListingFold.over(
            earlier,
            shown.listing(),
            SwitchPort::device,
            port -> shown.ofBridge().filter(bridge -> !bridge.equals(port.bridge())).isEmpty(),
            SwitchPortFold::merge);
    boolean whole = shown.listing().isComplete() && shown.ofBridge().isEmpty();
    return ListingFold.covering(folded, earlier.isComplete() || whole);
  }

  /** An interface's name is unique among all bridges of one Open vSwitch. */
  private static SwitchPort merge(SwitchPort earlier, SwitchPort later) {
    return new SwitchPort(
        later.bridge().isEmpty() ? earlier.bridge() : later.bridge(),
        later.device(),
        later.number().isPresent() ? later.number() : earlier.number(),
        later.mac().or(earlier::mac),
        later.type().or(earlier::type),
        later.options().isEmpty() ? earlier.options() : later.options(),
        later.vlan().equals(SwitchPort.PortVlan.NONE) ? earlier.vlan() : later.vlan(),
        later.state().shown() ? later.state() : earlier.state(),
        later.externalIds().isEmpty() ? earlier.externalIds() : later.externalIds(),
        later.source());
  }
}
