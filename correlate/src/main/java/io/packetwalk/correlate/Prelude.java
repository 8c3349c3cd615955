package io.packetwalk.correlate;

import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.correlate.clock.ClockSurvey;
import io.packetwalk.correlate.clock.Clocks;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.Fingerprint;
import io.packetwalk.wire.decode.InvariantHash;
import io.packetwalk.wire.decode.LayerKind;
import io.packetwalk.wire.decode.TunnelPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A look at the beginning of every capture before they are read together: how much of a packet all
 * of them hold, and how far their clocks are apart.
 *
 * @param nodes by number; each has one clock
 * @param captureNodes the number of each capture's node
 * @param start when the earliest frame was captured, by its own clock
 */
public record Prelude(
    Fingerprint.Depth depth,
    Clocks clocks,
    List<String> nodes,
    List<Integer> captureNodes,
    long start,
    long end) {
  private static final int MOST_FRAMES = 200_000;

  public Prelude {
    nodes = List.copyOf(nodes);
    captureNodes = List.copyOf(captureNodes);
  }

  /** What makes one clock of all: for each node a line, through its offsets at start and end. */
  public MergedCaptures.Correction correction() {
    long from = Math.min(start, end);
    long length = Math.max(1, end - from);
    long[] ahead = new long[nodes.size()];
    double[] gain = new double[nodes.size()];
    for (int node = 0; node < nodes.size(); node++) {
      ahead[node] = clocks.offset(node, from).ahead();
      gain[node] = (double) (clocks.offset(node, from + length).ahead() - ahead[node]) / length;
    }
    int[] clock = captureNodes.stream().mapToInt(Integer::intValue).toArray();
    return (capture, nanoseconds) -> {
      int node = clock[capture];
      return ahead[node] + Math.round(gain[node] * (nanoseconds - from));
    };
  }

  /** The same number for all nodes whose clocks are known to agree. */
  int circle(int node) {
    return clocks.agree(node, Math.min(start, end)) && clocks.agree(node, Math.max(start, end))
        ? clocks.reference(node)
        : node;
  }

  /** Reads the beginnings. */
  public static Prelude of(MergedCaptures captures, TapBook book, TunnelPorts ports) {
    return new Reading(captures, book, ports).read();
  }

  private static final class Reading {
    private final MergedCaptures captures;
    private final TapBook book;
    private final Dissector dissector;
    private final Dissection dissection = new Dissection();
    private final Map<String, Integer> nodes = new LinkedHashMap<>();
    private final CommonContents common = new CommonContents();
    private int payload = InvariantHash.USUAL_PAYLOAD;
    private boolean options = true;
    private long start = Long.MAX_VALUE;
    private long end = Long.MIN_VALUE;

    Reading(MergedCaptures captures, TapBook book, TunnelPorts ports) {
      this.captures = captures;
      this.book = book;
      this.dissector = new Dissector(ports);
    }

    Prelude read() {
      // The clocks' packets are found by their fixed fields: what is cut off isn't known yet.
      Fingerprint print = new Fingerprint(new Fingerprint.Depth(0, false));
      int most = MOST_FRAMES / Math.max(1, captures.count());
      for (int capture = 0; capture < captures.count(); capture++) {
        for (int frames = 0; frames < most && captures.next(capture); frames++) {
          frame(captures.reader(), print);
        }
        book.addSilent(capture, captures.reader(capture));
      }
      for (Tap tap : book.taps()) {
        node(tap.clock());
      }
      List<Integer> captureNodes = new ArrayList<>();
      for (int capture = 0; capture < captures.count(); capture++) {
        captureNodes.add(node(book.clockOf(capture)));
      }
      ClockSurvey survey = new ClockSurvey();
      if (nodes.size() > 1) {
        common.compare(survey);
      }
      List<String> names = new ArrayList<>(nodes.keySet());
      return new Prelude(
          new Fingerprint.Depth(payload, options),
          survey.clocks(names),
          names,
          captureNodes,
          start,
          end);
    }

    private void frame(CaptureReader reader, Fingerprint print) {
      start = Math.min(start, reader.nanoseconds());
      end = Math.max(end, reader.nanoseconds());
      int tap = book.number(captures.capture(), reader);
      int node = node(book.tap(tap).clock());
      dissector.dissect(
          reader.linkType(),
          reader.buffer(),
          reader.frameOffset(),
          reader.captured(),
          reader.original(),
          dissection);
      if (reader.captured() < reader.original()) {
        shorten();
      }
      if (print.take(dissection)) {
        common.add(print.hash(), book.first(tap), node, print.hopLimit(), reader.nanoseconds());
      }
    }

    private int node(String name) {
      Integer known = nodes.get(name);
      if (known != null) {
        return known;
      }
      nodes.put(name, nodes.size());
      return nodes.size() - 1;
    }

    /** A frame that was cut: what of it is left is what may be compared. */
    private void shorten() {
      int network = dissection.network();
      int transport = dissection.transport();
      if (network < 0) {
        return;
      }
      boolean cutInside =
          transport < 0
              && network + 1 < dissection.count()
              && dissection.kind(network + 1) == LayerKind.PARTIAL;
      if (cutInside) {
        options = false;
        payload = 0;
      } else if (transport >= 0) {
        int from = dissection.offset(transport) + dissection.headerLength(transport);
        payload = Math.clamp(dissection.end(transport) - from, 0, payload);
      }
    }
  }
}
