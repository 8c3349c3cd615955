package io.packetwalk.cli;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.correlate.Reading;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.capture.CaptureInterface;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.capture.PcapngWriter;
import io.packetwalk.wire.decode.Fingerprint;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;

/**
 * All captures as one: a capture interface for each tap, the times corrected, every packet with the
 * same identifier wherever it was seen.
 */
final class MergedPcapng implements Reading.FrameWatch {
  private final PcapngWriter writer;
  private final TapBook book;
  private final Optional<Map<Long, Map<Sighting, String>>> chosen;
  private final Map<Integer, Integer> interfaces = new LinkedHashMap<>();
  private final Queue<Waiting> waiting = new ArrayDeque<>();

  /** A frame by its tap and its number in the capture. */
  record Sighting(int tap, long frame) {}

  private record Waiting(Sighting sighting, Frame frame) {}

  /**
   * Begins the file.
   *
   * @param chosen the packets that are written, by their numbers, each with comments for its
   *     sightings; all packets when empty
   */
  MergedPcapng(
      OutputStream output,
      TapBook book,
      Snapshot snapshot,
      Optional<Map<Long, Map<Sighting, String>>> chosen) {
    this.writer = new PcapngWriter(bytes -> write(output, bytes), "packetwalk", "");
    this.book = book;
    this.chosen = chosen;
    Map<IpAddress, List<String>> names = names(snapshot);
    if (!names.isEmpty()) {
      writer.names(names);
    }
  }

  private static void write(OutputStream output, byte[] bytes) {
    try {
      output.write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What Wireshark shows instead of addresses. */
  private static Map<IpAddress, List<String>> names(Snapshot snapshot) {
    Map<IpAddress, List<String>> names = new LinkedHashMap<>();
    snapshot.cluster().pods().stream()
        .filter(pod -> !pod.hostNetwork().orElse(false))
        .forEach(pod -> pod.addresses().forEach(address -> add(names, address, pod.name(), "pod")));
    snapshot.cluster().services().stream()
        .forEach(service ->
            service
                .clusterAddresses()
                .forEach(address -> add(names, address, service.name(), "svc")));
    snapshot
        .namespaces()
        .forEach((id, namespace) -> {
          if (id.isHost()) {
            namespace.links().addresses().stream()
                .filter(address -> !address.address().isLoopback())
                .filter(address -> !address.address().isLinkLocal())
                .forEach(address -> names.putIfAbsent(address.address(), List.of(id.node())));
          }
        });
    return names;
  }

  private static void add(
      Map<IpAddress, List<String>> names, IpAddress address, ObjectName name, String kind) {
    names.putIfAbsent(address, List.of(name.name() + "." + name.namespace() + "." + kind));
  }

  @Override
  public void frame(int tap, long number, CaptureReader reader, long time, Fingerprint print) {
    Frame frame =
        new Frame(
            tap,
            reader.linkType(),
            time,
            reader.original(),
            Bytes.of(reader.buffer(), reader.frameOffset(), reader.captured()));
    if (!interfaces.containsKey(tap)) {
      interfaces.put(tap, describe(tap, reader));
    }
    waiting.add(new Waiting(new Sighting(tap, number), frame));
  }

  private int describe(int tap, CaptureReader reader) {
    CaptureInterface own = reader.interfaceAt(reader.interfaceIndex());
    Tap place = book.tap(tap);
    return writer.describe(
        new CaptureInterface(
            own.linkType(),
            own.snapLength(),
            place.name(),
            place.isSure() ? own.description() : "placed by guess",
            own.filter(),
            own.clock()));
  }

  /** The oldest frame that waits is of this packet; zero for none that was recognised. */
  void leave(long packet) {
    Waiting oldest = waiting.remove();
    Map<Sighting, String> comments =
        chosen.map(map -> map.getOrDefault(packet, Map.of())).orElse(Map.of());
    if (chosen.isPresent() && comments.isEmpty()) {
      return;
    }
    List<String> comment = new ArrayList<>();
    String text = comments.getOrDefault(oldest.sighting(), "");
    if (!text.isEmpty()) {
      comment.add(text);
    }
    Frame frame = oldest.frame();
    writer.write(
        new Frame(
            interfaces.getOrDefault(frame.interfaceIndex(), 0),
            frame.linkType(),
            frame.nanoseconds(),
            frame.originalLength(),
            frame.content()),
        new PcapngWriter.Annotation(
            comment,
            packet == 0 ? OptionalLong.empty() : OptionalLong.of(packet),
            OptionalInt.empty()));
  }
}
