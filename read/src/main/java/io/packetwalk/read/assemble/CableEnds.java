package io.packetwalk.read.assemble;

import io.packetwalk.model.net.Device;
import io.packetwalk.read.transcript.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The devices of machines whose other end is in another namespace, to find the machine that a pod
 * is on by its cable: each end has the other one's index behind {@code @if}.
 */
final class CableEnds {
  private final Map<Ends, List<String>> hosts = new LinkedHashMap<>();

  private CableEnds() {}

  /** The indexes of both ends, as seen from the machine. */
  private record Ends(int own, int other) {
    Ends reversed() {
      return new Ends(/* own= */ other, /* other= */ own);
    }
  }

  static CableEnds of(Map<Place, NamespaceFold> byPlace) {
    CableEnds ends = new CableEnds();
    byPlace.forEach((place, fold) -> {
      if (place instanceof Place.Host(String name)) {
        fold.ownDevices().forEach(device -> ends.add(name, device));
      }
    });
    return ends;
  }

  private void add(String host, Device device) {
    ends(device)
        .ifPresent(pair -> hosts.computeIfAbsent(pair, ignored -> new ArrayList<>()).add(host));
  }

  private static Optional<Ends> ends(Device device) {
    return device.index().isPresent() && device.peerIndex().isPresent()
        ? Optional.of(new Ends(device.index().getAsInt(), device.peerIndex().getAsInt()))
        : Optional.empty();
  }

  /** The only machine that has the other end of one of a namespace's cables. */
  Optional<String> hostOf(NamespaceFold namespace) {
    List<String> having =
        namespace.ownDevices().stream()
            .flatMap(device -> ends(device).stream())
            .map(pair -> hosts.getOrDefault(pair.reversed(), List.of()))
            .flatMap(List::stream)
            .distinct()
            .toList();
    return having.size() == 1 ? Optional.of(having.getFirst()) : Optional.empty();
  }
}
