package io.packetwalk.read.assemble;

import io.packetwalk.model.Listing;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.read.Fact;

/** The ports of Open vSwitch: one command knows their numbers, another one their types. */
final class SwitchPortFold {
  private SwitchPortFold() {}

  private record Key(String bridge, String device) {
    static Object of(SwitchPort port) {
      return new Key(port.bridge(), port.device());
    }
  }

  static Listing<SwitchPort> over(Listing<SwitchPort> earlier, Fact.SwitchPorts shown) {
    Listing<SwitchPort> folded =
        ListingFold.over(
            earlier,
            shown.listing(),
            Key::of,
            port -> shown.ofBridge().filter(bridge -> !bridge.equals(port.bridge())).isEmpty(),
            SwitchPortFold::merge);
    boolean whole = shown.listing().isComplete() && shown.ofBridge().isEmpty();
    return ListingFold.covering(folded, earlier.isComplete() || whole);
  }

  private static SwitchPort merge(SwitchPort earlier, SwitchPort later) {
    return new SwitchPort(
        later.bridge(),
        later.device(),
        later.number().isPresent() ? later.number() : earlier.number(),
        later.mac().or(earlier::mac),
        later.type().or(earlier::type),
        later.options().isEmpty() ? earlier.options() : later.options(),
        later.source());
  }
}
