package io.packetwalk.model.openflow;

import io.packetwalk.model.Source;
import io.packetwalk.wire.MacAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A port of an Open vSwitch bridge, as {@code ovs-vsctl} and {@code ovs-ofctl} give it.
 *
 * @param device the interface, which for tunnels isn't a device of the kernel's
 * @param number the OpenFlow port number; empty when it wasn't shown. The bridge's own port has
 *     {@code 0xfffffffe}
 * @param type {@code internal}, {@code geneve}, {@code patch}, …; empty for a device of the system
 * @param options such as {@code remote_ip}, {@code key} and, for patch ports, {@code peer}
 * @param vlan what {@code NORMAL} knows of VLANs at the port
 * @param externalIds what its owner noted about the interface
 */
public record SwitchPort(
    String bridge,
    String device,
    OptionalInt number,
    Optional<MacAddress> mac,
    Optional<String> type,
    Map<String, String> options,
    PortVlan vlan,
    PortState state,
    Map<String, String> externalIds,
    Source source) {
  /** The OpenFlow number of a bridge's own port, {@code LOCAL}. */
  public static final int LOCAL = 0xfffffffe;

  public SwitchPort {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
    externalIds = Collections.unmodifiableMap(new TreeMap<>(externalIds));
  }

  /** A port of which only these details were shown. */
  public SwitchPort(
      String bridge,
      String device,
      OptionalInt number,
      Optional<MacAddress> mac,
      Optional<String> type,
      Map<String, String> options,
      Source source) {
    this(
        bridge,
        device,
        number,
        mac,
        type,
        options,
        PortVlan.NONE,
        PortState.UNKNOWN,
        Map.of(),
        source);
  }

  /** Which VLANs {@code NORMAL} lets through a port, and how. */
  public record PortVlan(OptionalInt tag, List<Integer> trunks, Optional<String> mode) {
    public static final PortVlan NONE =
        new PortVlan(OptionalInt.empty(), List.of(), Optional.empty());

    public PortVlan {
      trunks = List.copyOf(trunks);
    }
  }

  /**
   * What OpenFlow's configuration and the link say about a port.
   *
   * @param configuration words such as {@code NO_FLOOD} and {@code PORT_DOWN}
   * @param state words such as {@code LINK_DOWN}
   * @param shown whether it was shown at all
   */
  public record PortState(List<String> configuration, List<String> state, boolean shown) {
    public static final PortState UNKNOWN = new PortState(List.of(), List.of(), false);

    public PortState {
      configuration = List.copyOf(configuration);
      state = List.copyOf(state);
    }
  }

  /** The other end of a patch port. */
  public Optional<String> patchPeer() {
    return type.filter("patch"::equals).flatMap(kind -> Optional.ofNullable(options.get("peer")));
  }
}
