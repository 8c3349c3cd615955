package io.packetwalk.correlate;

import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.correlate.match.PacketSink;
import io.packetwalk.correlate.match.SeenPacket;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Fingerprint;
import io.packetwalk.wire.decode.TunnelPorts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks the packets that a question is about out of all that go by, and the answers to them, and
 * keeps their frames.
 */
public final class Collector implements PacketSink, Reading.FrameWatch {
  private static final int MOST_PACKETS = 4000;
  private static final int MOST_KINDS = 8;
  private static final int MOST_FRAMES = 1 << 17;
  private static final int LONGEST_FRAME = 1 << 16;

  private final Wanted wanted;
  private final Decoder decoder;
  private final Map<FrameKey, Frame> frames = new LinkedHashMap<>();
  private final Queue<FrameKey> order = new ArrayDeque<>();
  private final Map<Wanted.Kind, Bystander> bystanders = new LinkedHashMap<>();
  private final Lane certain = new Lane();
  private final Lane possible = new Lane();

  /** Requests with what belongs to them. */
  private final class Lane {
    private final Set<Flow> asked = new LinkedHashSet<>();
    private final Set<Long> ids = new LinkedHashSet<>();
    private final List<Trajectory> requests = new ArrayList<>();
    private final List<Trajectory> replies = new ArrayList<>();
    private final List<Trajectory> errors = new ArrayList<>();
    private long requestCount;
    private long replyCount;

    void take(SeenPacket packet, Predicate<Flow> wanted) {
      boolean request = false;
      boolean reply = false;
      for (int index = 0; index < packet.count(); index++) {
        Flow flow = packet.flowOf(packet.flow(index));
        request |= asked.contains(flow) || wanted.test(flow);
        reply |= asked.contains(Matcher.reversed(flow));
      }
      if (request) {
        requestCount++;
        for (int index = 0; index < packet.count(); index++) {
          asked.add(packet.flowOf(packet.flow(index)));
        }
        ids.add(packet.id());
        keep(requests, packet);
      } else if (packet.cause() != 0 && ids.contains(packet.cause())) {
        keep(errors, packet);
      } else if (reply) {
        replyCount++;
        keep(replies, packet);
      }
    }
  }

  private record FrameKey(int tap, long number) {}

  public Collector(Wanted wanted, TunnelPorts ports) {
    this.wanted = wanted;
    this.decoder = new Decoder(ports);
  }

  @Override
  public void frame(int tap, long frame, CaptureReader reader, long time, Fingerprint print) {
    long[] tuple = print.tuple();
    boolean ipv6 = tuple[4] >>> 40 != 0;
    boolean concerns =
        wanted.mayConcern(
            Matcher.address(ipv6, tuple[0], tuple[1]), Matcher.address(ipv6, tuple[2], tuple[3]));
    if (!concerns) {
      return;
    }
    FrameKey key = new FrameKey(tap, frame);
    int length = Math.min(reader.captured(), LONGEST_FRAME);
    frames.put(
        key,
        new Frame(
            reader.interfaceIndex(),
            reader.linkType(),
            reader.nanoseconds(),
            reader.original(),
            Bytes.of(reader.buffer(), reader.frameOffset(), length)));
    order.add(key);
    if (order.size() > MOST_FRAMES) {
      frames.remove(order.remove());
    }
  }

  @Override
  public void packet(SeenPacket packet) {
    certain.take(packet, wanted::isRequest);
    if (certain.requestCount == 0) {
      possible.take(packet, wanted::mayBeRequest);
      standBy(packet.flowOf(packet.flow(0)));
    }
  }

  private void standBy(Flow flow) {
    if (wanted.isBetweenEnds(flow)) {
      Wanted.Kind kind = Wanted.Kind.of(flow);
      if (bystanders.containsKey(kind) || bystanders.size() < MOST_KINDS) {
        bystanders.merge(
            kind, new Bystander(kind.protocol(), kind.port(), 1), (known, _) -> known.more());
      }
    }
  }

  /** What else went from the sender to the destination, where nothing that was asked about did. */
  public List<Bystander> bystanders() {
    return certain.requestCount > 0 ? List.of() : List.copyOf(bystanders.values());
  }

  /** Translated requests count only where no place shows them before translation. */
  private Lane lane() {
    return certain.requestCount > 0 ? certain : possible;
  }

  private void keep(List<Trajectory> list, SeenPacket packet) {
    if (list.size() < MOST_PACKETS) {
      list.add(trajectory(packet));
    }
  }

  private Trajectory trajectory(SeenPacket packet) {
    List<Seen> seen = new ArrayList<>();
    for (int index = 0; index < packet.count(); index++) {
      Optional<Frame> frame =
          Optional.ofNullable(frames.get(new FrameKey(packet.tap(index), packet.frame(index))));
      seen.add(
          new Seen(
              packet.tap(index),
              packet.frame(index),
              packet.stamp(index),
              packet.time(index),
              packet.flowOf(packet.flow(index)),
              packet.hopLimit(index),
              packet.part(index),
              packet.number(index),
              packet.length(index),
              frame.map(Frame::originalLength).orElse(0),
              frame.map(decoder::decode)));
    }
    return new Trajectory(packet.id(), packet.quality(), packet.cause(), seen);
  }

  /** The packets that were asked about. */
  public List<Trajectory> requests() {
    return List.copyOf(lane().requests);
  }

  /** The answers to them. */
  public List<Trajectory> replies() {
    return List.copyOf(lane().replies);
  }

  /** ICMP errors about them. */
  public List<Trajectory> errors() {
    return List.copyOf(lane().errors);
  }

  /** How many there were, more than are kept when there were very many. */
  public long requestCount() {
    return lane().requestCount;
  }

  public long replyCount() {
    return lane().replyCount;
  }
}
