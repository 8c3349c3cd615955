package io.packetwalk.wire.decode;

import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.OptionalInt;

/** The making of values for Internet Protocol headers and for what they carry. */
final class IpReader {
  private IpReader() {}

  static Ipv4 ipv4(View view) {
    int fragment = view.half(6);
    return new Ipv4(
        view.octet(1),
        view.half(4),
        fragment >>> 13,
        fragment & 0x1fff,
        view.octet(8),
        view.octet(9),
        Octets.ipv4At(view.array(), view.start() + 12),
        Octets.ipv4At(view.array(), view.start() + 16),
        view.rest(Ipv4.HEADER_LENGTH),
        View.unless(view.length() & 0xffff, view.half(2)),
        checksum(view, 10, view.start() + view.header(), 0));
  }

  static Ipv6 ipv6(View view) {
    int first = view.octet(6);
    int protocol = first;
    int at = Ipv6.HEADER_LENGTH;
    while (at < view.header()) {
      boolean fragment = protocol == IpProtocol.FRAGMENT;
      protocol = view.octet(at);
      at += fragment ? 8 : (view.octet(at + 1) + 1) * 8;
    }
    return new Ipv6(
        view.half(0) >>> 4 & 0xff,
        view.word(0) & 0xf_ffff,
        first,
        protocol,
        view.octet(7),
        Octets.ipv6At(view.array(), view.start() + 8),
        Octets.ipv6At(view.array(), view.start() + 24),
        view.rest(Ipv6.HEADER_LENGTH),
        View.unless(view.length() - Ipv6.HEADER_LENGTH & 0xffff, view.half(4)));
  }

  static Tcp tcp(View view, List<Layer> outer) {
    return new Tcp(
        view.half(0),
        view.half(2),
        view.word(4),
        view.word(8),
        view.half(12) & 0xfff,
        view.half(14),
        view.half(18),
        view.rest(Tcp.HEADER_LENGTH),
        checksum(view, 16, view.end(), pseudoHeader(outer, IpProtocol.TCP, view.length())));
  }

  static Udp udp(View view, List<Layer> outer) {
    long pseudo = pseudoHeader(outer, IpProtocol.UDP, view.length());
    int sum = computed(view, 6, view.end(), pseudo);
    return new Udp(
        view.half(0),
        view.half(2),
        View.unless(view.length() & 0xffff, view.half(4)),
        View.unless(sum == 0 ? 0xffff : sum, view.half(6)));
  }

  static Icmp icmp(View view) {
    return new Icmp(view.octet(0), view.octet(1), view.word(4), checksum(view, 2, view.end(), 0));
  }

  static Icmpv6 icmpv6(View view, List<Layer> outer) {
    long pseudo = pseudoHeader(outer, IpProtocol.ICMPV6, view.length());
    return new Icmpv6(
        view.octet(0), view.octet(1), view.word(4), checksum(view, 2, view.end(), pseudo));
  }

  static Sctp sctp(View view) {
    int computed = Checksum.crc32c(view.array(), view.start(), view.end(), view.start() + 8);
    return new Sctp(view.half(0), view.half(2), view.word(4), View.unless(computed, view.word(8)));
  }

  static long pseudoHeader(List<Layer> outer, int protocol, int length) {
    return outer.reversed().stream()
        .filter(Ip.class::isInstance)
        .findFirst()
        .map(layer -> Checksum.pseudoHeader((Ip) layer, protocol, length))
        .orElse(0L);
  }

  private static OptionalInt checksum(View view, int field, int to, long pseudo) {
    return View.unless(computed(view, field, to, pseudo), view.half(field));
  }

  private static int computed(View view, int field, int to, long pseudo) {
    long sum = pseudo + Checksum.sum(view.array(), view.start(), to) - view.half(field);
    return Checksum.complement(sum);
  }
}
