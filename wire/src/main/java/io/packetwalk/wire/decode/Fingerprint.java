package io.packetwalk.wire.decode;

import static io.packetwalk.wire.decode.Octets.byteAt;
import static io.packetwalk.wire.decode.Octets.intAt;
import static io.packetwalk.wire.decode.Octets.longAt;
import static io.packetwalk.wire.decode.Octets.shortAt;
import static io.packetwalk.wire.decode.Octets.unsignedIntAt;

import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Tcp;

/**
 * What recognises one packet at several capture points, taken from a dissected frame: the hash of
 * what stays the same, the addresses that may change, and the range of its stream that it carries.
 * One fingerprint is used for frame after frame; taking it allocates nothing.
 *
 * <p>The hash is the {@link InvariantHash}, and for TCP over IPv4 also the identification, which
 * tells a retransmission from its original.
 */
public final class Fingerprint {
  /** The words of a {@link #tuple}: two of each address, then protocol and ports. */
  public static final int TUPLE = 5;

  private static final int SHORT_TCP = 14;
  private static final long TCP_TRAIN = 0x54L << 56;
  private static final long DATAGRAM_TRAIN = 0x44L << 56;
  private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

  private final Depth depth;
  private final InvariantHash invariants;
  private final long[] tuple = new long[TUPLE];
  private final Quotation quotation = new Quotation();

  private long hash;
  private boolean whole;
  private int hopLimit;
  private int identification;
  private long train;
  private int from;
  private int length;
  private boolean fragment;
  private int number;
  private int look;

  /**
   * How much of a packet counts, which the shortest capture decides.
   *
   * @param payload how many bytes of payload at most
   * @param options whether TCP's options, which hold its timestamps, are in all captures
   */
  public record Depth(int payload, boolean options) {
    /** For captures of whole packets. */
    public static final Depth USUAL = new Depth(InvariantHash.USUAL_PAYLOAD, true);
  }

  public Fingerprint(Depth depth) {
    this.depth = depth;
    this.invariants = new InvariantHash(depth.payload());
  }

  /** Takes the fingerprint of a frame; false when there is no IP packet in it. */
  public boolean take(Dissection frame) {
    int network = frame.network();
    if (network < 0) {
      return false;
    }
    byte[] bytes = frame.bytes();
    int at = frame.offset(network);
    boolean ipv4 = frame.kind(network) == LayerKind.IPV4;
    int transport = frame.transport();
    int header = frame.headerLength(network);
    int content = content(frame, network, ipv4);
    int offset = ipv4 ? shortAt(bytes, at + 6) & 0x1fff : 0;
    fragment = ipv4 && (shortAt(bytes, at + 6) & 0x3fff) != 0;
    identification = ipv4 ? shortAt(bytes, at + 4) : 0;
    hopLimit = byteAt(bytes, ipv4 ? at + 8 : at + 7);
    boolean behind = transport < 0 && offset == 0 && network + 1 < frame.count();
    boolean partial = behind && frame.kind(network + 1) == LayerKind.PARTIAL;
    int segment = transport >= 0 ? frame.offset(transport) : partial ? at + header : -1;
    int protocol = FlowTuple.protocol(frame, network, transport, ipv4);
    FlowTuple.fill(tuple, frame, at, ipv4, protocol, segment, frame.end(network));
    from = offset * 8;
    length = content;
    number = identification;
    train = identification == 0 ? 0 : mix(DATAGRAM_TRAIN | protocol, identification);
    boolean tcp = protocol == IpProtocol.TCP && segment >= 0;
    if (tcp && frame.end(network) - segment >= SHORT_TCP) {
      takeSegment(frame, segment, content);
    } else {
      hash = invariants.of(frame);
      whole = !partial && holds(frame, network, transport, content);
    }
    look = Look.of(frame, network);
    quotation.take(frame, transport);
    return true;
  }

  private void takeSegment(Dissection frame, int at, int content) {
    byte[] bytes = frame.bytes();
    int header = (byteAt(bytes, at + 12) >>> 4) * 4;
    int payload = content - header;
    int end = frame.end(frame.network());
    boolean complete = end - at >= header && frame.transport() >= 0;
    number = intAt(bytes, at + 4);
    if (depth.options()) {
      hash = complete ? invariants.of(frame) : 0;
      whole = complete && end - at - header >= Math.min(payload, depth.payload());
    } else {
      hash = mix(mix(IpProtocol.TCP, longAt(bytes, at + 4)), payload);
      hash = mix(hash, shortAt(bytes, at + 12) & 0xfff);
      whole = true;
    }
    hash = mix(hash, identification);
    if (!fragment) {
      from = intAt(bytes, at + 4);
      length = Math.max(0, payload);
      long stamps =
          depth.options() && complete ? stamps(bytes, at + Tcp.HEADER_LENGTH, at + header) : 0;
      train = payload > 0 ? mix(TCP_TRAIN ^ unsignedIntAt(bytes, at + 8), stamps) : 0;
    }
  }

  private static long stamps(byte[] bytes, int from, int to) {
    return InvariantHash.timestamps(bytes, from, to);
  }

  private boolean holds(Dissection frame, int network, int transport, int content) {
    int start =
        transport < 0
            ? frame.offset(network) + frame.headerLength(network)
            : frame.offset(transport) + frame.headerLength(transport);
    int header = transport < 0 ? 0 : frame.headerLength(transport);
    return frame.end(network) - start >= Math.min(content - header, depth.payload());
  }

  /** What the IP header says that it carries, however much of that was captured. */
  private static int content(Dissection frame, int network, boolean ipv4) {
    byte[] bytes = frame.bytes();
    int at = frame.offset(network);
    int header = frame.headerLength(network);
    int claimed = ipv4 ? shortAt(bytes, at + 2) : shortAt(bytes, at + 4);
    if (claimed == 0) {
      int cut = frame.original() - frame.captured();
      return frame.end(network) - at - header + cut;
    }
    return claimed + (ipv4 ? 0 : Ipv6.HEADER_LENGTH) - header;
  }

  static long mix(long hash, long value) {
    long mixed = (hash ^ value) * MULTIPLIER;
    return mixed ^ mixed >>> 29;
  }

  /** The same for one packet wherever it is captured. */
  public long hash() {
    return hash;
  }

  /** Whether the capture holds everything that the hash covers. */
  public boolean isWhole() {
    return whole;
  }

  /**
   * The innermost addresses, protocol and ports as five words, which the next frame overwrites: two
   * words of the source, two of the destination; then, from bit 40 down, whether it is IPv6, the
   * protocol, the source and the destination port.
   */
  public long[] tuple() {
    return tuple;
  }

  /** The innermost hop limit. */
  public int hopLimit() {
    return hopLimit;
  }

  /** The innermost IPv4 identification; zero when there is none. */
  public int identification() {
    return identification;
  }

  /** TCP's sequence number; of other packets the identification. */
  public int number() {
    return number;
  }

  /** Whether the innermost packet is a fragment. */
  public boolean isFragment() {
    return fragment;
  }

  /**
   * The key of what may be cut into pieces or joined on the way: for TCP the acknowledgment and the
   * timestamps, which all pieces of a segment share; for the rest the identification. Zero when
   * there is nothing to cut.
   */
  public long train() {
    return train;
  }

  /** Where this packet's part of the train begins: a sequence number, or a fragment's offset. */
  public int from() {
    return from;
  }

  /** How many bytes of the train it carries. */
  public int length() {
    return length;
  }

  /** A digest of the headers outside, which differ each time that a packet passes a capture. */
  public int look() {
    return look;
  }

  /** Whether it is an ICMP error that quotes the packet which caused it. */
  public boolean isError() {
    return quotation.isThere();
  }

  /** The tuple of the quoted packet, in the form of {@link #tuple}. */
  public long[] quotedTuple() {
    return quotation.tuple();
  }

  /** The quoted {@link #number}. */
  public int quotedNumber() {
    return quotation.number();
  }
}
