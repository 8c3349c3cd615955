package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.OptionalInt;

/**
 * A packet's bytes from its IP header on, as far as a walk knows them: not what a sender draws (an
 * identification, a sequence number), nor checksums, nor what the packet carries.
 */
final class KnownBytes {
  private static final int ALL = 0xff;

  private final byte[] bytes;

  /** Of each byte, the bits that are known. */
  private final int[] known;

  private final OptionalInt length;

  private KnownBytes(byte[] bytes, OptionalInt length) {
    this.bytes = bytes;
    this.known = new int[bytes.length];
    this.length = length;
  }

  /**
   * The packet's bytes.
   *
   * @param length all of the packet, where it is known
   */
  static KnownBytes of(Packet packet, OptionalInt length) {
    List<Layer> layers = packet.layers();
    byte[] bytes = Encoder.encode(packet).toArray();
    KnownBytes known = new KnownBytes(bytes, length);
    if (layers.isEmpty() || !(layers.getFirst() instanceof Ip ip)) {
      return known;
    }
    int header = ip.source().isIpv6() ? 40 : (bytes[0] & 0xf) * 4;
    if (ip.source().isIpv6()) {
      known.ipv6(length);
    } else {
      known.ipv4(header, length);
    }
    if (layers.size() > 1 && !Headers.isLaterFragment(packet)) {
      known.transport(layers.get(1), header, length);
    }
    return known;
  }

  private void ipv4(int header, OptionalInt length) {
    know(0, header);
    forget(4, 2);
    forget(10, 2);
    number(2, length);
  }

  private void ipv6(OptionalInt length) {
    know(0, 40);
    known[1] = 0xf0;
    forget(2, 2);
    number(4, length.isPresent() ? OptionalInt.of(length.getAsInt() - 40) : length);
  }

  private void transport(Layer layer, int at, OptionalInt length) {
    switch (layer) {
      case Tcp tcp -> {
        know(at, 4);
        know(at + 13, 1);
      }
      case Udp udp -> {
        know(at, 4);
        number(at + 4, length.isPresent() ? OptionalInt.of(length.getAsInt() - at) : length);
      }
      case Icmp icmp -> message(at, icmp.isError());
      case Icmpv6 icmp -> message(at, icmp.isError());
      default -> {
        // Nothing of it is needed by what people ask of bytes.
      }
    }
  }

  /** Type, code, and what stands behind the checksum of a question or an answer. */
  private void message(int at, boolean error) {
    know(at, 2);
    if (!error) {
      know(at + 4, 4);
    }
  }

  private void know(int from, int count) {
    for (int index = from; index < Math.min(from + count, known.length); index++) {
      known[index] = ALL;
    }
  }

  private void forget(int from, int count) {
    for (int index = from; index < Math.min(from + count, known.length); index++) {
      known[index] = 0;
    }
  }

  /** Sixteen bits that say how long something is. */
  private void number(int at, OptionalInt value) {
    forget(at, 2);
    if (value.isPresent() && at + 1 < bytes.length) {
      bytes[at] = (byte) (value.getAsInt() >> 8);
      bytes[at + 1] = (byte) value.getAsInt();
      know(at, 2);
    }
  }

  /** Whether four bytes from here are surely in the packet, surely not, or neither. */
  Word word(long at) {
    if (length.isPresent() && at + 4 > length.getAsInt()) {
      return Word.NONE;
    }
    if (length.isEmpty() && at + 4 > bytes.length) {
      return Word.UNKNOWN;
    }
    long value = 0;
    long bits = 0;
    for (long index = at; index < at + 4; index++) {
      boolean shown = index < bytes.length;
      value = (value << 8) | (shown ? bytes[(int) index] & known[(int) index] & ALL : 0);
      bits = (bits << 8) | (shown ? known[(int) index] : 0);
    }
    return new Word(true, value, bits);
  }

  /**
   * Thirty-two bits.
   *
   * @param there whether the packet has them
   * @param value of the bits that are known; the others are 0
   */
  record Word(boolean there, long value, long known) {
    static final Word NONE = new Word(false, 0, 0xFFFF_FFFFL);
    static final Word UNKNOWN = new Word(true, 0, 0);
  }
}
