package io.packetwalk.correlate;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.LayerKind;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.Icmpv6;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The questions for link-layer addresses that go by, and their answers (RFC 826, RFC 4861).
 *
 * <pre>
 *  ARP:  0 hardware, protocol  4 lengths  6 operation  8 sender MAC  14 sender IP  18 target MAC  24 target IP
 *  ND:   0 type, code, checksum  4 flags  8 target address  24 option: type 2, length 1, MAC
 * </pre>
 */
final class Resolutions {
  /** More addresses than these aren't followed: somebody searches the whole network. */
  private static final int MOST = 4096;

  private static final int ADVERTISEMENT = 24;
  private static final int TARGET_MAC_OPTION = 0x0201;

  private final Map<Key, Tally> tallies = new LinkedHashMap<>();

  private record Key(int tap, IpAddress address) {}

  private static final class Tally {
    private long questions;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private final List<MacAddress> answers = new ArrayList<>();
  }

  /** Looks whether the frame asks or answers. */
  void frame(int tap, long stamp, Dissection frame) {
    if (frame.network() < 0) {
      for (int layer = 0; layer < frame.count(); layer++) {
        if (frame.kind(layer) == LayerKind.ARP) {
          arp(tap, stamp, frame, frame.offset(layer), frame.end(layer));
          return;
        }
      }
    } else if (frame.transport() >= 0 && frame.kind(frame.transport()) == LayerKind.ICMPV6) {
      discovery(tap, stamp, frame, frame.offset(frame.transport()), frame.end(frame.transport()));
    }
  }

  private void arp(int tap, long stamp, Dissection frame, int at, int end) {
    if (end - at < Arp.HEADER_LENGTH) {
      return;
    }
    IpAddress sender = IpAddress.ofIpv4(frame.intAt(at + 14));
    IpAddress target = IpAddress.ofIpv4(frame.intAt(at + 24));
    int operation = frame.shortAt(at + 6);
    if (operation == Arp.REQUEST && !sender.equals(target)) {
      ask(tap, stamp, target);
    } else if (operation == Arp.REPLY) {
      answer(tap, sender, mac(frame, at + 8));
    }
  }

  private void discovery(int tap, long stamp, Dissection frame, int at, int end) {
    int type = frame.byteAt(at);
    boolean concerns =
        type == Icmpv6.NEIGHBOUR_SOLICITATION || type == Icmpv6.NEIGHBOUR_ADVERTISEMENT;
    if (!concerns || end - at < ADVERTISEMENT) {
      return;
    }
    IpAddress target = IpAddress.ofIpv6(frame.longAt(at + 8), frame.longAt(at + 16));
    if (type == Icmpv6.NEIGHBOUR_SOLICITATION) {
      ask(tap, stamp, target);
    } else if (end - at >= ADVERTISEMENT + 8
        && frame.shortAt(at + ADVERTISEMENT) == TARGET_MAC_OPTION) {
      answer(tap, target, mac(frame, at + ADVERTISEMENT + 2));
    }
  }

  private static MacAddress mac(Dissection frame, int at) {
    return new MacAddress((long) frame.shortAt(at) << 32 | (frame.intAt(at + 2) & 0xffff_ffffL));
  }

  private void ask(int tap, long stamp, IpAddress address) {
    Tally tally = tally(tap, address);
    tally.questions++;
    tally.first = Math.min(tally.first, stamp);
    tally.last = Math.max(tally.last, stamp);
  }

  private void answer(int tap, IpAddress address, MacAddress mac) {
    List<MacAddress> answers = tally(tap, address).answers;
    if (answers.size() < 4 && !answers.contains(mac)) {
      answers.add(mac);
    }
  }

  private Tally tally(int tap, IpAddress address) {
    Key key = new Key(tap, address);
    Tally known = tallies.get(key);
    if (known != null) {
      return known;
    }
    Tally fresh = new Tally();
    if (tallies.size() < MOST) {
      tallies.put(key, fresh);
    }
    return fresh;
  }

  /** What was asked or answered, in the order in which it began. */
  List<Resolution> all() {
    List<Resolution> all = new ArrayList<>();
    tallies.forEach((key, tally) ->
        all.add(
            new Resolution(
                key.tap(),
                key.address(),
                tally.questions,
                tally.first,
                tally.last,
                tally.answers)));
    return List.copyOf(all);
  }
}
