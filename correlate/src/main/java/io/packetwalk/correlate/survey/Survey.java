package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.clock.ClockSurvey;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Matcher;
import io.packetwalk.correlate.match.PacketSink;
import io.packetwalk.correlate.match.Part;
import io.packetwalk.correlate.match.Quality;
import io.packetwalk.correlate.match.SeenPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts all packets that go by: in memory that grows with flows, paths and taps alone. */
public final class Survey implements PacketSink {
  private static final int ROW = 5;
  private static final int PACKETS = 1;
  private static final int FIRST = 2;
  private static final int LAST = 3;
  private static final int AMBIGUOUS = 4;

  private final ClockSurvey clocks = new ClockSurvey();
  private final Map<Long, DelayHistogram> segments = new LinkedHashMap<>();
  private DelayHistogram[][] byTaps = new DelayHistogram[0][0];
  private int[] clockOfTap = new int[0];
  private long[] rows = new long[(1 << 10) * ROW];
  private int used;
  private int[] sent = new int[0];
  private boolean[] isSent = new boolean[0];
  private long[] repeated = new long[0];
  private int[] hopLimit = new int[0];
  private long packets;
  private long sightings;
  private long ambiguous;
  private long errors;

  public Survey() {}

  /** Says which clock stamps a tap's frames. */
  public void clock(int tap, int clock) {
    if (tap >= clockOfTap.length) {
      clockOfTap = Arrays.copyOf(clockOfTap, tap + 16);
      int size = clockOfTap.length;
      byTaps = Arrays.copyOf(byTaps, size);
      for (int from = 0; from < size; from++) {
        byTaps[from] =
            byTaps[from] == null ? new DelayHistogram[size] : Arrays.copyOf(byTaps[from], size);
      }
    }
    clockOfTap[tap] = clock;
  }

  @Override
  public void packet(SeenPacket packet) {
    packets++;
    sightings += packet.count();
    boolean unsure = packet.quality() == Quality.AMBIGUOUS;
    ambiguous += unsure ? 1 : 0;
    errors += packet.cause() != 0 ? 1 : 0;
    count(packet, unsure);
    countByFlow(packet);
    for (int index = 1; index < packet.count() && !unsure; index++) {
      if (packet.part(index) == Part.SAME && packet.part(index - 1) == Part.SAME) {
        segment(packet, index);
      }
    }
  }

  private void segment(SeenPacket packet, int index) {
    int from = packet.tap(index - 1);
    int to = packet.tap(index);
    DelayHistogram delays = byTaps[from][to];
    if (delays == null) {
      delays = new DelayHistogram();
      byTaps[from][to] = delays;
      segments.put((long) from << 32 | to, delays);
    }
    delays.add(packet.time(index) - packet.time(index - 1));
    if (clockOfTap[from] != clockOfTap[to]) {
      clocks.sample(clockOfTap[from], clockOfTap[to], packet.stamp(index - 1), packet.stamp(index));
    }
  }

  private void count(SeenPacket packet, boolean unsure) {
    long key = (long) packet.flow(0) << 32 | packet.path();
    int row = row(rows, key);
    long stamp = packet.stamp(packet.count() - 1);
    if (rows[row + PACKETS] == 0) {
      rows[row] = key;
      rows[row + FIRST] = stamp;
      used++;
    }
    rows[row + PACKETS]++;
    rows[row + LAST] = stamp;
    rows[row + AMBIGUOUS] += unsure ? 1 : 0;
    if (used * 2 * ROW > rows.length) {
      grow();
    }
  }

  private static int row(long[] table, long key) {
    int mask = table.length / ROW - 1;
    long hash = key * 0x9e37_79b9_7f4a_7c15L;
    int row = (int) (hash ^ hash >>> 32) & mask;
    while (table[row * ROW + PACKETS] != 0 && table[row * ROW] != key) {
      row = row + 1 & mask;
    }
    return row * ROW;
  }

  private void grow() {
    long[] larger = new long[rows.length * 2];
    for (int row = 0; row < rows.length; row += ROW) {
      if (rows[row + PACKETS] != 0) {
        System.arraycopy(rows, row, larger, row(larger, rows[row]), ROW);
      }
    }
    rows = larger;
  }

  /**
   * The hop limit that a flow starts with, and bytes of a stream that end before what was sent
   * already.
   */
  private void countByFlow(SeenPacket packet) {
    int flow = packet.flow(0);
    if (flow >= sent.length) {
      int size = Math.max(flow + 1, sent.length * 2 + 64);
      sent = Arrays.copyOf(sent, size);
      isSent = Arrays.copyOf(isSent, size);
      repeated = Arrays.copyOf(repeated, size);
      hopLimit = Arrays.copyOf(hopLimit, size);
    }
    if (hopLimit[flow] == 0) {
      hopLimit[flow] = packet.hopLimit(0);
    }
    if (packet.protocol(0) == 6 && packet.length(0) > 0) {
      int end = packet.from(0) + packet.length(0);
      if (isSent[flow] && end - sent[flow] <= 0) {
        repeated[flow]++;
      } else {
        sent[flow] = end;
        isSent[flow] = true;
      }
    }
  }

  /** What was counted of each flow, the most packets first. */
  public List<FlowUse> flows(Matcher matcher) {
    Map<Integer, List<PathUse>> paths = new LinkedHashMap<>();
    Map<Integer, Long> unsure = new LinkedHashMap<>();
    Detours detours = new Detours();
    for (int row = 0; row < rows.length; row += ROW) {
      if (rows[row + PACKETS] != 0) {
        int flow = (int) (rows[row] >>> 32);
        List<Integer> passed = matcher.paths().taps((int) rows[row]);
        PathUse use = new PathUse(passed, rows[row + PACKETS], rows[row + FIRST], rows[row + LAST]);
        detours.count(passed, use.packets());
        paths.computeIfAbsent(flow, _ -> new ArrayList<>()).add(use);
        unsure.merge(flow, rows[row + AMBIGUOUS], Long::sum);
      }
    }
    List<FlowUse> flows = new ArrayList<>();
    paths.forEach((flow, uses) ->
        flows.add(
            new FlowUse(
                matcher.flow(flow),
                answered(flow, matcher),
                hopLimit[flow],
                uses.stream().mapToLong(PathUse::packets).sum(),
                repeated[flow],
                unsure.getOrDefault(flow, 0L),
                detours.straightened(uses))));
    flows.sort(
        Comparator.comparingLong(FlowUse::packets)
            .reversed()
            .thenComparing(use -> use.flow().toString()));
    return flows;
  }

  /** The flow that this one answers: its ports tell, or else which of the two was seen first. */
  private static Optional<Flow> answered(int flow, Matcher matcher) {
    OptionalInt other = matcher.counterpart(flow);
    Flow own = matcher.flow(flow);
    boolean later = other.isPresent() && other.getAsInt() < flow && !FlowQuestions.isRequest(own);
    return other.isPresent() && (FlowQuestions.isAnswer(own) || later)
        ? Optional.of(matcher.flow(other.getAsInt()))
        : Optional.empty();
  }

  /** The delays from tap to tap, in the order of the taps' numbers. */
  public List<SegmentUse> segments() {
    return segments.entrySet().stream()
        .map(entry ->
            new SegmentUse(
                (int) (entry.getKey() >>> 32), entry.getKey().intValue(), entry.getValue()))
        .sorted(Comparator.comparingInt(SegmentUse::from).thenComparingInt(SegmentUse::to))
        .toList();
  }

  /** What the packets between nodes show of the clocks. */
  public ClockSurvey clocks() {
    return clocks;
  }

  public long packets() {
    return packets;
  }

  public long sightings() {
    return sightings;
  }

  /** Packets that couldn't be told from others for certain. */
  public long ambiguous() {
    return ambiguous;
  }

  /** ICMP errors whose packet was found. */
  public long errors() {
    return errors;
  }
}
