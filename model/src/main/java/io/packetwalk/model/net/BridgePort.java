package io.packetwalk.model.net;

import io.packetwalk.model.Source;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A device's place on a bridge, as {@code bridge link} or {@code brctl show} gives it.
 *
 * @param state of the spanning tree: {@code forwarding}, {@code blocking}, {@code disabled}, …
 * @param settings the on/off settings that were shown: {@code hairpin}, {@code isolated}, {@code
 *     learning}, {@code flood}, …
 */
public record BridgePort(
    String device,
    String bridge,
    Optional<String> state,
    Map<String, Boolean> settings,
    Source source) {
  /** The setting that says whether a port gets all groups as one that leads to a router does. */
  public static final String ROUTER = "mcast_router";

  /** What iproute2 shows where it does always. */
  public static final String ALWAYS = "2";

  public BridgePort {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** This port with what an earlier output showed of it besides. */
  public BridgePort over(BridgePort earlier) {
    if (!earlier.bridge.equals(bridge)) {
      return this;
    }
    Map<String, Boolean> all = new TreeMap<>(earlier.settings);
    all.putAll(settings);
    return new BridgePort(device, bridge, state.or(earlier::state), all, source);
  }

  /** A setting's value, when it was shown. */
  public Optional<Boolean> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
