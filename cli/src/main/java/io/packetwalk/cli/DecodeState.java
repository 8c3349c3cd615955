package io.packetwalk.cli;

import io.packetwalk.model.Snapshot;
import io.packetwalk.model.net.DeviceKind;
import io.packetwalk.read.StateReader;
import io.packetwalk.report.Names;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.decode.Tunnel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What a state tells about captures.
 *
 * @param names what the addresses are called
 * @param ports which UDP ports its tunnel devices use
 */
record DecodeState(Function<IpAddress, Optional<String>> names, Map<Integer, Tunnel> ports) {
  /** Nothing: no state was given. */
  static final DecodeState NONE = new DecodeState(_ -> Optional.empty(), Map.of());

  static DecodeState of(Path state) {
    return of(StateReader.read(StateOptions.load(state)));
  }

  static DecodeState of(Snapshot snapshot) {
    Map<Integer, Tunnel> ports = new TreeMap<>();
    snapshot.namespaces().values().stream()
        .flatMap(namespace -> namespace.links().devices().stream())
        .forEach(device -> enter(device.kind(), ports));
    return new DecodeState(new Names(snapshot)::of, ports);
  }

  private static void enter(DeviceKind kind, Map<Integer, Tunnel> ports) {
    if (kind instanceof DeviceKind.Vxlan vxlan) {
      vxlan.port().ifPresent(port -> ports.putIfAbsent(port, Tunnel.VXLAN));
    } else if (kind instanceof DeviceKind.Geneve geneve) {
      geneve.port().ifPresent(port -> ports.putIfAbsent(port, Tunnel.GENEVE));
    }
  }
}
