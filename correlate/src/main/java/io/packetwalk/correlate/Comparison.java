package io.packetwalk.correlate;

import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Walk;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * A question's packets, as predicted and as seen.
 *
 * @param requests the packets that were asked about, in the order of their times
 * @param replies the answers; empty where none was seen
 * @param errors ICMP errors about the requests
 * @param resets TCP segments back that refuse the connection
 * @param repetitions the packets that only repeat an earlier one, by their numbers
 * @param bystanders what else went between the ends, where nothing that was asked about did
 * @param requestCount how many requests there were, more than are shown when there were very many
 */
public record Comparison(
    Snapshot snapshot,
    Walk walk,
    Taps taps,
    List<Way> requests,
    List<Way> replies,
    List<Trajectory> errors,
    List<Trajectory> resets,
    Map<Long, Repetition> repetitions,
    List<Bystander> bystanders,
    long requestCount,
    long replyCount) {
  public Comparison {
    requests = List.copyOf(requests);
    replies = List.copyOf(replies);
    errors = List.copyOf(errors);
    resets = List.copyOf(resets);
    bystanders = List.copyOf(bystanders);
    repetitions = Collections.unmodifiableMap(new LinkedHashMap<>(repetitions));
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
            .map(way -> isRefused(way, collected.errors()) ? way.refused() : way)
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
        collected.replies().stream().filter(Comparison::isReset).toList(),
        Repetitions.among(all),
        collected.bystanders(),
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

  /** An error about a packet says that it went no further, wherever it was predicted to go. */
  private static boolean isRefused(Way way, List<Trajectory> errors) {
    return way.ending() != Ending.ARRIVED
        && way.ending() != Ending.ENDED_AS_PREDICTED
        && errors.stream()
            .anyMatch(error -> error.cause() == way.trajectory().id() && isFinal(error));
  }

  /** Redirects and the like are about packets that go on. */
  private static boolean isFinal(Trajectory error) {
    Optional<Packet> packet = error.first().decoded().map(decoded -> decoded.packet());
    boolean icmp =
        packet
            .flatMap(message -> message.first(Icmp.class))
            .filter(message ->
                message.type() == Icmp.DESTINATION_UNREACHABLE
                    || message.type() == Icmp.TIME_EXCEEDED)
            .isPresent();
    boolean icmpv6 =
        packet
            .flatMap(message -> message.first(Icmpv6.class))
            .filter(message -> message.type() < Icmpv6.ECHO_REQUEST)
            .isPresent();
    return icmp || icmpv6;
  }

  private static boolean isReset(Trajectory reply) {
    return reply
        .first()
        .decoded()
        .flatMap(decoded -> decoded.packet().last(Tcp.class))
        .filter(tcp -> tcp.has(Tcp.RST))
        .isPresent();
  }

  /** The error about this packet. */
  public Optional<Trajectory> errorAbout(Way way) {
    return errors.stream().filter(error -> error.cause() == way.trajectory().id()).findFirst();
  }

  /** Whether a connection was asked for, and all that came back refuses it. */
  public boolean isReset() {
    return !resets.isEmpty() && resets.size() == replyCount;
  }

  public Repetition repetition(Trajectory packet) {
    return repetitions.getOrDefault(packet.id(), Repetition.NONE);
  }

  /** The packet that tells most: the first that didn't arrive, else the first. */
  public Optional<Way> telling() {
    return requests.stream()
        .filter(Comparison::isLost)
        .findFirst()
        .or(() -> requests.stream().filter(way -> way.ending() == Ending.UNKNOWN).findFirst())
        .or(() -> requests.stream().findFirst());
  }

  /** How the requests ended, as a whole: the worst of them. */
  public Ending ending() {
    if (isReset() && requests.stream().noneMatch(Comparison::isLost)) {
      return Ending.REFUSED;
    }
    if (!replies.isEmpty() && requests.stream().noneMatch(Comparison::isLost)) {
      return Ending.ARRIVED;
    }
    return telling().map(Way::ending).orElse(Ending.UNKNOWN);
  }

  private static boolean isLost(Way way) {
    return switch (way.ending()) {
      case DIED, PARTED, REFUSED -> true;
      case ARRIVED, ENDED_AS_PREDICTED, UNKNOWN -> false;
    };
  }
}
