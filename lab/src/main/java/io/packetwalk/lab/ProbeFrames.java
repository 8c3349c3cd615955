package io.packetwalk.lab;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Tcp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The recognition of probes in captured frames: datagrams and echoes by the tag in their payload,
 * connections by their first two segments.
 */
final class ProbeFrames {
  private static final byte[] TAG = "pw".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG_LENGTH = 24;

  private final Map<String, Integer> byTag = new LinkedHashMap<>();
  private final Map<Integer, Integer> byPort = new LinkedHashMap<>();

  ProbeFrames(List<LabProbe> probes) {
    for (LabProbe probe : probes) {
      if (probe.protocol().equals("tcp")) {
        byPort.put(probe.sourcePort(), probe.id());
      } else {
        byTag.put(probe.tag(), probe.id());
      }
    }
  }

  /**
   * A frame of a probe or of its answer.
   *
   * @param headers the bytes before the payload, in hexadecimal
   */
  record Found(int probe, String headers) {}

  Optional<Found> find(LinkType link, byte[] frame) {
    for (int at = 0; at + TAG_LENGTH <= frame.length; at++) {
      if (frame[at] == TAG[0] && frame[at + 1] == TAG[1]) {
        String tag = new String(frame, at, TAG_LENGTH, StandardCharsets.US_ASCII);
        Integer probe = byTag.get(tag);
        if (probe != null) {
          return Optional.of(new Found(probe, hex(frame, at)));
        }
      }
    }
    return byPort.isEmpty() ? Optional.empty() : connection(link, frame);
  }

  private Optional<Found> connection(LinkType link, byte[] frame) {
    List<Layer> layers =
        new Decoder().decode(link, Bytes.of(frame), frame.length).packet().layers();
    Optional<Layer> innermost =
        layers.reversed().stream().filter(Tcp.class::isInstance).findFirst();
    if (innermost.isPresent()
        && innermost.get() instanceof Tcp tcp
        && (tcp.flags() & Tcp.SYN) != 0) {
      Integer probe =
          byPort.get((tcp.flags() & Tcp.ACK) != 0 ? tcp.destinationPort() : tcp.sourcePort());
      return Optional.ofNullable(probe).map(id -> new Found(id, hex(frame, frame.length)));
    }
    return Optional.empty();
  }

  private static String hex(byte[] frame, int length) {
    return HexFormat.of().formatHex(Arrays.copyOf(frame, length));
  }
}
