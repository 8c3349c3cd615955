package io.packetwalk.correlate;

import io.packetwalk.correlate.match.Flow;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Tcp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A question's packets, as predicted and as seen.
 *
 * @param requests the packets that were asked about, in the order of their times
 * @param replies the answers; empty where none was seen
 * @param errors ICMP errors about the requests
 * @param repeated the numbers of packets that only repeat the bytes of an earlier one
 * @param requestCount how many requests there were, more than are shown when there were very many
 */
public record Comparison(
    Snapshot snapshot,
    Walk walk,
    Taps taps,
    List<Way> requests,
    List<Way> replies,
    List<Trajectory> errors,
    Set<Long> repeated,
    long requestCount,
    long replyCount) {
  public Comparison {
    requests = List.copyOf(requests);
    replies = List.copyOf(replies);
    errors = List.copyOf(errors);
  }

  /**
   * Lays what was collected beside the prediction.
   *
   * @param walks the prediction for each of the sender's ports, since hashes depend on it
   */
  public static Comparison of(
      Snapshot snapshot, Walk walk, IntFunction<Walk> walks, Taps taps, Collector collected) {
    List<Trajectory> all = new ArrayList<>(collected.requests());
    all.addAll(collected.replies());
    WayFinder finder = new WayFinder(snapshot, taps, rival -> isRival(rival, all));
    List<Way> requests =
        collected.requests().stream()
            .map(packet -> finder.find(packet, walks.apply(requestPort(packet)).forward()))
            .toList();
    List<Way> replies =
        collected.replies().stream()
            .flatMap(packet ->
                walks
                    .apply(replyPort(packet))
                    .reply()
                    .map(direction -> finder.find(packet, direction))
                    .stream())
            .toList();
    return new Comparison(
        snapshot,
        walk,
        taps,
        requests,
        replies,
        collected.errors(),
        repeated(all),
        collected.requestCount(),
        collected.replyCount());
  }

  private static int requestPort(Trajectory packet) {
    return Wanted.clientPort(packet.first().flow());
  }

  /** The port that an answer goes to in the end is the one that was asked from. */
  private static int replyPort(Trajectory packet) {
    return packet.last().flow().destinationPort();
  }

  /** Whether the tap saw a packet of doubtful identity with this one's number and length. */
  private static boolean isRival(WayFinder.Rival rival, List<Trajectory> all) {
    Seen first = rival.trajectory().first();
    return all.stream()
        .filter(other -> other.id() != rival.trajectory().id())
        .filter(other -> !other.quality().isSure())
        .flatMap(other -> other.seen().stream())
        .anyMatch(seen ->
            seen.tap() == rival.tap()
                && seen.number() == first.number()
                && seen.length() == first.length());
  }

  /** TCP segments whose bytes were sent before in the same direction. */
  private static Set<Long> repeated(List<Trajectory> packets) {
    Set<Long> repeated = new LinkedHashSet<>();
    Set<Segment> known = new LinkedHashSet<>();
    for (Trajectory packet : packets) {
      Seen first = packet.first();
      boolean numbered = first.flow().protocol() == 6 && (first.length() > 0 || isSyn(first));
      if (numbered && !known.add(new Segment(first.flow(), first.number(), first.length()))) {
        repeated.add(packet.id());
      }
    }
    return repeated;
  }

  private record Segment(Flow flow, int number, int length) {}

  private static boolean isSyn(Seen seen) {
    return seen.decoded()
        .flatMap(decoded -> decoded.packet().last(Tcp.class))
        .filter(tcp -> tcp.has(Tcp.SYN))
        .isPresent();
  }

  /** The packet that tells most: the first that didn't arrive, else the first. */
  public Optional<Way> telling() {
    return requests.stream()
        .filter(way -> way.ending() == Ending.DIED || way.ending() == Ending.PARTED)
        .findFirst()
        .or(() -> requests.stream().filter(way -> way.ending() == Ending.UNKNOWN).findFirst())
        .or(() -> requests.stream().findFirst());
  }

  /** How the requests ended, as a whole: the worst of them. */
  public Ending ending() {
    if (!replies.isEmpty() && requests.stream().noneMatch(Comparison::isLost)) {
      return Ending.ARRIVED;
    }
    return telling().map(Way::ending).orElse(Ending.UNKNOWN);
  }

  private static boolean isLost(Way way) {
    return way.ending() == Ending.DIED || way.ending() == Ending.PARTED;
  }
}
