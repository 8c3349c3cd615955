package io.packetwalk.walk.seen;

import io.packetwalk.model.Sighting;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The lines of a state about packets like the one that was walked: the last ping between its two
 * ends, and what tcpdump printed at devices on its way. A state tells what its tables were when
 * they were listed, and these lines tell what happened when they were printed: where the two don't
 * fit, one of them is from another time, or the prediction is wrong.
 */
public final class SeenPackets {
  private SeenPackets() {}

  /** Everything that was seen, in the order of the state. */
  public static List<Seen> of(Snapshot snapshot, Walk walk) {
    List<Seen> seen = new ArrayList<>();
    lastPing(snapshot, walk).ifPresent(seen::add);
    Set<Sighting> onTheWay = new LinkedHashSet<>();
    Stream.concat(Stream.of(walk.forward()), walk.reply().stream())
        .map(Direction::branches)
        .flatMap(List::stream)
        .map(Branch::steps)
        .flatMap(List::stream)
        .filter(Step::isObservable)
        .forEach(step -> sightings(snapshot, step).forEach(onTheWay::add));
    onTheWay.forEach(sighting -> seen.add(new Seen(sighting, Bearing.TELLS)));
    return List.copyOf(seen);
  }

  private static Optional<Seen> lastPing(Snapshot snapshot, Walk walk) {
    if (!(walk.question().from() instanceof Origin.Inside inside)) {
      return Optional.empty();
    }
    return snapshot.sightings().stream()
        .filter(sighting -> sighting.place().equals(inside.namespace()))
        .flatMap(sighting -> Ping.of(sighting).stream())
        .filter(ping -> ping.asks(walk.question().to()))
        .reduce((earlier, later) -> later)
        .map(ping -> ping.about(walk));
  }

  private static Stream<Sighting> sightings(Snapshot snapshot, Step step) {
    Optional<Pattern> ends = ends(step);
    return snapshot.sightings().stream()
        .filter(sighting -> sighting.place().equals(step.place()))
        .filter(sighting -> sighting.device().filter(step.device()::equals).isPresent())
        .filter(sighting ->
            ends.filter(pattern -> pattern.matcher(sighting.text()).find()).isPresent());
  }

  /** The innermost packet's two addresses as tcpdump prints them, with or without ports. */
  private static Optional<Pattern> ends(Step step) {
    return step.packet().layers().reversed().stream()
        .filter(Ip.class::isInstance)
        .map(Ip.class::cast)
        .findFirst()
        .map(ip -> Pattern.compile(end(ip.source()) + " > " + end(ip.destination()) + ":"));
  }

  private static String end(IpAddress address) {
    return "(?<![0-9a-f.:])" + Pattern.quote(address.toString()) + "(\\.[\\w-]+)?";
  }
}
