package io.packetwalk.lab;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.LayerKind;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
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
 * connections by their first two segments, and ICMP errors by what they quote.
 */
final class ProbeFrames {
  private static final byte[] TAG = "pw".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG_LENGTH = 24;
  private static final int TCP_FLAGS = 13;
  private static final int IPV4_SOURCE = 12;
  private static final int IPV6_SOURCE = 8;

  /** RFC 4861, 4.5. It carries the packet, though it is no error. */
  private static final int REDIRECT_OVER_IPV6 = 137;

  private final Map<String, Integer> byTag = new LinkedHashMap<>();
  private final Map<Integer, Integer> byPort = new LinkedHashMap<>();
  private final Dissector dissector = new Dissector(TunnelPorts.STANDARD);
  private final Dissection dissection = new Dissection();

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
   * A frame of a probe, of its answer, or of an error about it.
   *
   * @param headers the bytes before the payload, or before what an error quotes, in hexadecimal
   * @param attempt which of the segments that were sent again it is
   */
  record Found(
      int probe, String headers, Optional<IcmpError> error, Optional<SegmentAttempt> attempt) {}

  /** What an ICMP error says, and who sent it. */
  record IcmpError(int type, int code, String from) {
    /** A redirect tells of a better way and refuses nothing. */
    boolean isRedirect() {
      return from.contains(":") ? type == REDIRECT_OVER_IPV6 : type == Icmp.REDIRECT;
    }
  }

  Optional<Found> find(LinkType link, byte[] frame) {
    dissector.dissect(link, frame, 0, frame.length, frame.length, dissection);
    Optional<IcmpError> error = error();
    int tag = tagged(frame);
    if (error.isPresent()) {
      Optional<Integer> probe =
          tag < 0 ? quoted() : Optional.ofNullable(byTag.get(text(frame, tag)));
      int end = dissection.offset(dissection.transport()) + Icmp.HEADER_LENGTH;
      return probe.map(id -> new Found(id, hex(frame, end), error, Optional.empty()));
    }
    if (tag >= 0) {
      return Optional.of(
          new Found(
              byTag.getOrDefault(text(frame, tag), 0),
              hex(frame, tag),
              Optional.empty(),
              Optional.empty()));
    }
    return byPort.isEmpty() ? Optional.empty() : connection(frame);
  }

  /** Where the tag of a known probe begins; -1 where there is none. */
  private int tagged(byte[] frame) {
    for (int at = 0; at + TAG_LENGTH <= frame.length; at++) {
      if (frame[at] == TAG[0] && frame[at + 1] == TAG[1] && byTag.containsKey(text(frame, at))) {
        return at;
      }
    }
    return -1;
  }

  private static String text(byte[] frame, int at) {
    return new String(frame, at, TAG_LENGTH, StandardCharsets.US_ASCII);
  }

  private Optional<IcmpError> error() {
    int transport = dissection.transport();
    int network = dissection.network();
    if (transport < 0 || network < 0) {
      return Optional.empty();
    }
    int at = dissection.offset(transport);
    int type = dissection.byteAt(at);
    boolean four = dissection.kind(transport) == LayerKind.ICMP && Icmp.isError(type);
    boolean six =
        dissection.kind(transport) == LayerKind.ICMPV6
            && (Icmpv6.isError(type) || type == REDIRECT_OVER_IPV6);
    if (!four && !six) {
      return Optional.empty();
    }
    int source = dissection.offset(network) + (four ? IPV4_SOURCE : IPV6_SOURCE);
    IpAddress from =
        four
            ? IpAddress.ofIpv4(dissection.intAt(source))
            : IpAddress.ofIpv6(dissection.longAt(source), dissection.longAt(source + Long.BYTES));
    return Optional.of(new IcmpError(type, dissection.byteAt(at + 1), from.toString()));
  }

  /** The probe whose first segment an error quotes. */
  private Optional<Integer> quoted() {
    for (int layer = dissection.transport() + 1; layer < dissection.count(); layer++) {
      if (dissection.kind(layer) == LayerKind.TCP) {
        return Optional.ofNullable(byPort.get(dissection.shortAt(dissection.offset(layer))));
      }
    }
    return Optional.empty();
  }

  private Optional<Found> connection(byte[] frame) {
    int transport = dissection.transport();
    if (transport < 0 || dissection.kind(transport) != LayerKind.TCP) {
      return Optional.empty();
    }
    int at = dissection.offset(transport);
    int flags = dissection.byteAt(at + TCP_FLAGS);
    if ((flags & Tcp.SYN) == 0) {
      return Optional.empty();
    }
    int port = dissection.shortAt((flags & Tcp.ACK) != 0 ? at + 2 : at);
    return Optional.ofNullable(byPort.get(port))
        .map(id ->
            new Found(
                id,
                hex(frame, frame.length),
                Optional.empty(),
                SegmentAttempt.of(frame, at, (flags & Tcp.ACK) != 0)));
  }

  private static String hex(byte[] frame, int length) {
    return HexFormat.of().formatHex(Arrays.copyOf(frame, length));
  }
}
