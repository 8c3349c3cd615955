package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import io.packetwalk.wire.MacAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A port of an Open vSwitch bridge, as {@code ovs-vsctl show} and {@code ovs-ofctl show} give it.
 *
 * @param device the interface, which for tunnels isn't a device of the kernel's
 * @param number the OpenFlow port number; empty when it wasn't shown
 * @param type {@code internal}, {@code geneve}, {@code patch}, …; empty for a device of the system
 * @param options such as {@code remote_ip} and {@code key}
 */
public record SwitchPort(
    String bridge,
    String device,
    OptionalInt number,
    Optional<MacAddress> mac,
    Optional<String> type,
    Map<String, String> options,
    Source source) {
  public SwitchPort {
    options = java.util.Collections.unmodifiableMap(new TreeMap<>(options));
  }
}
