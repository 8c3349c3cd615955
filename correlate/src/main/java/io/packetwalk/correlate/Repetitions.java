package io.packetwalk.correlate;

import io.packetwalk.correlate.match.Flow;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The search for packets that repeat others of their flow. A sender gives each packet an
 * identification of its own (RFC 6864), and each TCP segment the time at which it was sent (RFC
 * 7323); a copy that something on the way made has those of its original.
 */
final class Repetitions {
  private final Map<Content, Marks> known = new LinkedHashMap<>();
  private final Map<Long, Repetition> found = new LinkedHashMap<>();

  /** What a repetition repeats. */
  private record Content(Flow flow, int number, int length, Bytes payload) {}

  /** What the sender gives each packet anew; of no identification nothing is known. */
  private record Marks(OptionalInt identification, Bytes options) {}

  private Repetitions() {}

  /** The packets that repeat earlier ones, by their numbers. */
  static Map<Long, Repetition> among(List<Trajectory> packets) {
    Repetitions repetitions = new Repetitions();
    packets.forEach(repetitions::take);
    return repetitions.found;
  }

  private void take(Trajectory trajectory) {
    Seen first = trajectory.first();
    Optional<Packet> packet = first.decoded().map(decoded -> decoded.packet());
    if (packet.isEmpty()) {
      return;
    }
    Optional<Tcp> tcp = packet.get().last(Tcp.class);
    boolean stream =
        first.flow().protocol() == 6
            && (first.length() > 0 || tcp.filter(segment -> segment.has(Tcp.SYN)).isPresent());
    Marks marks = marks(packet.get(), tcp);
    // Without numbers equal datagrams are as likely two that the sender meant.
    boolean datagram = first.flow().protocol() != 6 && marks.identification.isPresent();
    if (!stream && !datagram) {
      return;
    }
    Bytes payload = stream ? Bytes.EMPTY : payload(packet.get());
    Marks earlier =
        known.putIfAbsent(
            new Content(first.flow(), first.number(), first.length(), payload), marks);
    if (earlier != null) {
      found.put(trajectory.id(), stream ? segment(earlier, marks) : Repetition.DUPLICATE);
    }
  }

  private static Bytes payload(Packet packet) {
    return packet.last(Payload.class).map(Payload::content).orElse(Bytes.EMPTY);
  }

  private static Marks marks(Packet packet, Optional<Tcp> tcp) {
    OptionalInt identification =
        packet
            .last(Ipv4.class)
            .map(Ipv4::identification)
            .filter(number -> number != 0)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    return new Marks(identification, tcp.map(Tcp::options).orElse(Bytes.EMPTY));
  }

  private static Repetition segment(Marks earlier, Marks later) {
    if (!earlier.options.equals(later.options)
        || !earlier.identification.equals(later.identification)) {
      return Repetition.RETRANSMISSION;
    }
    return later.identification.isPresent() ? Repetition.DUPLICATE : Repetition.UNCLEAR;
  }
}
