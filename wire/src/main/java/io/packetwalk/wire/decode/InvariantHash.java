package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.longAt;
import static io.packetwalk.wire.decode.Octets.shortAt;

import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Tcp;

/**
 * The 64-bit hash of what stays the same in a packet from one capture point to the next, whatever
 * tunnels, routers and address translation do on the way.
 *
 * <p>It begins at the innermost IP header and covers neither link addresses, TTL, DSCP and ECN, IP
 * addresses, ports, checksums nor any outer header. TCP: sequence and acknowledgment number, flags,
 * timestamps, length and first payload bytes. UDP: length, payload and the IPv4 identification
 * unless zero. ICMP: type, code, sequence number and payload, as translation rewrites the
 * identifier. ESP and WireGuard: index and counter. It allocates nothing.
 */
public final class InvariantHash {
  /** How many payload bytes count: short of the usual small snap lengths. */
  public static final int USUAL_PAYLOAD = 64;

  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
  private static final int TIMESTAMPS = 8;
  private static final int ALIGNED_TIMESTAMPS = 0x0101_080a;

  private final int payloadLimit;

  /**
   * @param payloadLimit how many bytes of payload count at most; captures are comparable with each
   *     other when all of them hold these bytes
   */
  public InvariantHash(int payloadLimit) {
    this.payloadLimit = payloadLimit;
  }

  /** The hash of a dissected frame; zero when there is no IP packet in it. */
  public long of(Dissection dissection) {
    int network = dissection.network();
    if (network < 0) {
      return 0;
    }
    byte[] bytes = dissection.bytes();
    int at = dissection.offset(network);
    boolean ipv4 = dissection.kind(network) == LayerKind.IPV4;
    int content = contentLength(dissection, network, ipv4);
    int transport = dissection.transport();
    long hash =
        transport > network
            ? transport(dissection, transport, content)
            : other(dissection, network, content);
    boolean numbered = ipv4 && (transport < 0 || dissection.kind(transport) != LayerKind.TCP);
    return numbered ? mix(hash, shortAt(bytes, at + 4)) : hash;
  }

  /** What the IP header says that it carries, however much of that was captured. */
  private static int contentLength(Dissection dissection, int network, boolean ipv4) {
    byte[] bytes = dissection.bytes();
    int at = dissection.offset(network);
    int header = dissection.headerLength(network);
    int claimed = ipv4 ? shortAt(bytes, at + 2) : shortAt(bytes, at + 4) + Ipv6.HEADER_LENGTH;
    boolean unmeasured = claimed == 0 || claimed == Ipv6.HEADER_LENGTH;
    return (unmeasured ? dissection.end(network) - at : claimed) - header;
  }

  private long transport(Dissection dissection, int transport, int content) {
    byte[] bytes = dissection.bytes();
    int at = dissection.offset(transport);
    int header = dissection.headerLength(transport);
    int end = dissection.end(transport);
    return switch (dissection.kind(transport)) {
      case TCP -> {
        long numbers = longAt(bytes, at + 4);
        long flags = shortAt(bytes, at + 12) & 0xfff;
        long hash = mix(mix(IpProtocol.TCP, numbers), flags << 32 | (content - header));
        hash = mix(hash, timestamps(bytes, at + Tcp.HEADER_LENGTH, at + header));
        yield payload(hash, bytes, at + header, end);
      }
      case ICMP, ICMPV6 -> {
        long type = shortAt(bytes, at);
        long sequence = isEcho(byteAt(bytes, at)) ? shortAt(bytes, at + 6) : 0;
        long hash = mix(mix(IpProtocol.ICMP, type << 32 | content), sequence);
        boolean quotes = dissection.count() > transport + 1;
        yield quotes ? hash : payload(hash, bytes, at + header, end);
      }
      default -> {
        long hash = mix(dissection.kind(transport) == LayerKind.UDP ? 17 : 132, content);
        yield payload(hash, bytes, at + header, end);
      }
    };
  }

  /** Whether messages of this type, ICMP's or ICMPv6's, have a sequence number. */
  private static boolean isEcho(int type) {
    return type == Icmp.ECHO_REQUEST
        || type == Icmp.ECHO_REPLY
        || type == Icmpv6.ECHO_REQUEST
        || type == Icmpv6.ECHO_REPLY;
  }

  /** What has no ports: security payloads, fragments, unknown protocols. */
  private long other(Dissection dissection, int network, int content) {
    int from = dissection.offset(network) + dissection.headerLength(network);
    return payload(mix(1, content), dissection.bytes(), from, dissection.end(network));
  }

  /** The two timestamps of RFC 7323, 3; zero when the segment has none. */
  static long timestamps(byte[] bytes, int from, int to) {
    int at = from;
    if (to - at >= 12 && intAt(bytes, at) == ALIGNED_TIMESTAMPS) {
      return longAt(bytes, at + 4);
    }
    while (at + 1 < to) {
      int kind = byteAt(bytes, at);
      if (kind == 0) {
        return 0;
      }
      int length = kind == 1 ? 1 : byteAt(bytes, at + 1);
      if (kind == TIMESTAMPS && length == 10 && at + 10 <= to) {
        return longAt(bytes, at + 2);
      }
      at += Math.max(length, 1);
    }
    return 0;
  }

  private long payload(long start, byte[] bytes, int from, int to) {
    int end = Math.min(to, from + payloadLimit);
    int at = from;
    long hash = start;
    for (; at + 8 <= end; at += 8) {
      hash = mix(hash, longAt(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | byteAt(bytes, at);
    }
    return mix(hash, rest);
  }

  private static long mix(long hash, long value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    return mixed ^ mixed >>> 29;
  }
}
