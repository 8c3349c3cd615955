package io.packetwalk.read.command;

import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import io.packetwalk.model.net.BridgePort;
import io.packetwalk.model.net.Device;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.model.net.LinkState;
import io.packetwalk.read.Fact;
import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The facts that listings of bridge ports give: the ports, and what they say of the devices. */
final class BridgeFacts {
  private BridgeFacts() {}

  static Reading of(CommandRun run, boolean all, Rows<BridgePort> ports, List<Device> devices) {
    List<Fact> facts = new ArrayList<>();
    ports.listing(run, all).map(Fact.BridgePorts::new).ifPresent(facts::add);
    if (!devices.isEmpty()) {
      facts.add(new Fact.Devices(Listing.partial(devices, run.prompt().source())));
    }
    return new Reading(facts, ports.unread());
  }

  /** A device of which a listing of bridge ports shows flags and MTU. */
  static Device device(
      String name,
      OptionalInt index,
      Set<String> flags,
      OptionalInt mtu,
      Optional<String> master,
      Source source) {
    return device(name, index, flags, true, mtu, master, new DeviceKind.Ethernet(), source);
  }

  /** A device of which no more is shown than that it is there. */
  static Device named(String name, Optional<String> master, DeviceKind kind, Source source) {
    return device(
        name, OptionalInt.empty(), Set.of(), false, OptionalInt.empty(), master, kind, source);
  }

  private static Device device(
      String name,
      OptionalInt index,
      Set<String> flags,
      boolean flagsKnown,
      OptionalInt mtu,
      Optional<String> master,
      DeviceKind kind,
      Source source) {
    return new Device(
        name,
        index,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        flags,
        flagsKnown,
        mtu,
        LinkState.UNKNOWN,
        Optional.empty(),
        master,
        kind,
        false,
        source);
  }
}
