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
  public BridgePort {
    settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /** A setting's value, when it was shown. */
  public Optional<Boolean> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
