package io.packetwalk.correlate.place;

import static io.packetwalk.wire.decode.LayerKind.ETHERNET;
import static io.packetwalk.wire.decode.LayerKind.IPV4;
import static io.packetwalk.wire.decode.LayerKind.IPV6;
import static io.packetwalk.wire.decode.LayerKind.LINUX_COOKED;
import static io.packetwalk.wire.decode.LayerKind.LINUX_COOKED_2;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.InvariantHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the frames of one capture tell about its place: which link-layer addresses send and receive
 * them, which IP addresses, and which device indices send from which addresses.
 */
final class Clues {
  private static final int OUTGOING = 4;
  private static final int MOST_MOMENTS = 500;

  private final Map<MacAddress, Integer> macs = new LinkedHashMap<>();
  private final Map<IpAddress, Integer> addresses = new LinkedHashMap<>();
  private final Map<Sender, Integer> senders = new LinkedHashMap<>();
  private final Map<Long, Moment> moments = new LinkedHashMap<>();
  private final InvariantHash invariants = new InvariantHash(0);
  private int linked;
  private boolean cooked;
  private int routed;

  /** A device that sent, as a cooked header of version 2 shows it. */
  record Sender(int index, MacAddress mac) {}

  /** When a packet was sent from an address, as far as the capture saw. */
  private record Moment(long stamp, MacAddress source) {}

  /** Takes a frame. */
  void frame(Dissection frame, long stamp) {
    if (frame.count() == 0) {
      return;
    }
    int at = frame.offset(0);
    cooked |= frame.kind(0) == LINUX_COOKED || frame.kind(0) == LINUX_COOKED_2;
    if (frame.kind(0) == ETHERNET) {
      ethernet(mac(frame, at), mac(frame, at + 6));
      if (frame.network() >= 0 && moments.size() < MOST_MOMENTS) {
        moments.putIfAbsent(invariants.of(frame), new Moment(stamp, mac(frame, at + 6)));
      }
    } else if (frame.kind(0) == LINUX_COOKED_2 && frame.byteAt(at + 10) == OUTGOING) {
      senders.merge(new Sender(frame.intAt(at + 4), mac(frame, at + 12)), 1, Integer::sum);
    }
    Set<IpAddress> met = new TreeSet<>();
    for (int layer = 0; layer <= frame.network(); layer++) {
      int header = frame.offset(layer);
      if (frame.kind(layer) == IPV4) {
        met.add(IpAddress.ofIpv4(frame.intAt(header + 12)));
        met.add(IpAddress.ofIpv4(frame.intAt(header + 16)));
      } else if (frame.kind(layer) == IPV6) {
        met.add(IpAddress.ofIpv6(frame.longAt(header + 8), frame.longAt(header + 16)));
        met.add(IpAddress.ofIpv6(frame.longAt(header + 24), frame.longAt(header + 32)));
      }
    }
    met.forEach(address -> addresses.merge(address, 1, Integer::sum));
    routed += met.isEmpty() ? 0 : 1;
  }

  private static MacAddress mac(Dissection frame, int at) {
    return new MacAddress((long) frame.shortAt(at) << 32 | (frame.intAt(at + 2) & 0xffff_ffffL));
  }

  private void ethernet(MacAddress destination, MacAddress source) {
    if (destination.isGroup()) {
      return;
    }
    linked++;
    macs.merge(source, 1, Integer::sum);
    if (!destination.equals(source)) {
      macs.merge(destination, 1, Integer::sum);
    }
  }

  /** Whether the frames have link-layer addresses of two ends. */
  boolean isLinked() {
    return linked > 0;
  }

  /** Whether it is a capture of all devices. */
  boolean isCooked() {
    return cooked;
  }

  /** How large a share of the frames to one receiver this address sent or received. */
  double share(MacAddress mac) {
    return linked == 0 ? 0 : (double) macs.getOrDefault(mac, 0) / linked;
  }

  /** How large a share of the packets is from or to one of these addresses, in any IP header. */
  double share(Set<IpAddress> own) {
    int most = own.stream().mapToInt(address -> addresses.getOrDefault(address, 0)).sum();
    return routed == 0 ? 0 : Math.min(1, (double) most / routed);
  }

  /** How many more of this sender's packets were seen here before the other capture saw them. */
  int lead(Clues other, MacAddress sender) {
    int lead = 0;
    for (Map.Entry<Long, Moment> entry : moments.entrySet()) {
      Moment there = other.moments.get(entry.getKey());
      Moment here = entry.getValue();
      if (there != null && here.source.equals(sender) && there.source.equals(sender)) {
        lead += Long.compare(there.stamp, here.stamp);
      }
    }
    return lead;
  }

  Map<Sender, Integer> senders() {
    return senders;
  }
}
