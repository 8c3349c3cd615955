package io.packetwalk.wire.decode;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The making of values for headers that carry another packet. */
final class TunnelReader {
  private static final long UNSIGNED = 0xffff_ffffL;

  private TunnelReader() {}

  static Vxlan vxlan(View view) {
    int first = view.word(0);
    int second = view.word(4);
    return new Vxlan(first >>> 24, first & 0xff_ffff, second >>> 8, second & 0xff);
  }

  static Geneve geneve(View view) {
    int flags = view.octet(1);
    return new Geneve(
        view.octet(0) >>> 6,
        (flags & 0x80) != 0,
        (flags & 0x40) != 0,
        view.half(2),
        view.word(4) >>> 8,
        view.rest(Geneve.HEADER_LENGTH));
  }

  static Gre gre(View view) {
    int flags = view.half(0);
    int at = Gre.HEADER_LENGTH;
    OptionalInt checksum = OptionalInt.empty();
    int offset = 0;
    if ((flags & (Gre.CHECKSUM_PRESENT | Gre.ROUTING_PRESENT)) != 0) {
      checksum = OptionalInt.of(view.half(at));
      offset = view.half(at + 2);
      at += 4;
    }
    OptionalLong key = OptionalLong.empty();
    if ((flags & Gre.KEY_PRESENT) != 0) {
      key = OptionalLong.of(view.word(at) & UNSIGNED);
      at += 4;
    }
    OptionalLong sequence = OptionalLong.empty();
    if ((flags & Gre.SEQUENCE_PRESENT) != 0) {
      sequence = OptionalLong.of(view.word(at) & UNSIGNED);
      at += 4;
    }
    return new Gre(flags, view.half(2), checksum, key, sequence, offset, view.rest(at));
  }

  static Erspan erspan(View view) {
    int word = view.word(0);
    return new Erspan(
        word >>> 28, word >>> 16 & 0xfff, word >>> 10 & 0x3f, word & 0x3ff, view.rest(4));
  }

  static Stt stt(View view) {
    return new Stt(
        view.octet(0),
        view.octet(1),
        view.octet(2),
        view.octet(3),
        view.half(4),
        view.half(6),
        Octets.longAt(view.array(), view.start() + 8),
        view.half(16));
  }

  static Gtp gtp(View view) {
    Bytes further = view.rest(Gtp.HEADER_LENGTH);
    OptionalInt declared = View.unless(view.length() - Gtp.HEADER_LENGTH & 0xffff, view.half(2));
    return new Gtp(view.octet(0), view.octet(1), view.word(4), further, declared);
  }

  static Gue gue(View view) {
    return new Gue(
        (view.octet(0) & 0x20) != 0, view.octet(1), view.half(2), view.rest(Gue.HEADER_LENGTH));
  }

  static Nsh nsh(View view) {
    int first = view.half(0);
    int path = view.word(4);
    return new Nsh(
        first >>> 12,
        first >>> 6 & 0x3f,
        view.octet(2),
        view.octet(3),
        path >>> 8,
        path & 0xff,
        view.rest(Nsh.HEADER_LENGTH));
  }

  static Esp esp(View view) {
    return new Esp(view.word(0), view.word(4));
  }

  static AuthenticationHeader authenticationHeader(View view) {
    return new AuthenticationHeader(
        view.octet(0),
        view.half(2),
        view.word(4),
        view.word(8),
        view.rest(AuthenticationHeader.HEADER_LENGTH));
  }

  static WireGuard wireGuard(View view) {
    int type = view.octet(0);
    OptionalLong counter =
        type == WireGuard.DATA
            ? OptionalLong.of(Long.reverseBytes(Octets.longAt(view.array(), view.start() + 8)))
            : OptionalLong.empty();
    return new WireGuard(type, Integer.reverseBytes(view.word(4)), counter);
  }
}
