package io.packetwalk.correlate.match;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.decode.Fingerprint;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Random traffic from pods through a Service's translation and a VXLAN to other pods, past six
 * taps, with losses; and how much of it the matcher puts together rightly.
 */
final class RandomTraffic {
  static final int TAPS = 6;
  private static final int SEGMENT = 1000;
  private static final long MICROSECOND = 1_000;

  private final Random random;
  private final List<Shown> frames = new ArrayList<>();
  private final Map<Integer, Integer> identifications = new LinkedHashMap<>();
  private final long[] busyUntil = new long[TAPS];
  private int packets;

  /** The kinds of traffic that are told apart in the figures. */
  enum Kind {
    UDP,
    /** One payload in all datagrams of all flows, told apart by identification alone. */
    UDP_ALIKE,
    /** The same over IPv6, where there is no identification. */
    UDP_ALIKE_IPV6,
    TCP,
    /** Segments that are sent again. */
    TCP_AGAIN,
    /** Segments that are cut into many on the way. */
    TCP_CUT,
    /** Datagrams that are cut into fragments on the way. */
    FRAGMENTS
  }

  /** A frame at a tap, and which packets it really is of. */
  private record Shown(int tap, long time, Bytes bytes, Set<Integer> truth, Kind kind) {}

  /** How many later sightings were assigned rightly, wrongly, wrongly with confidence, or not. */
  record Score(int sightings, int right, int wrong, int wrongForSure, int missed) {
    Score plus(Score other) {
      return new Score(
          sightings + other.sightings,
          right + other.right,
          wrong + other.wrong,
          wrongForSure + other.wrongForSure,
          missed + other.missed);
    }
  }

  RandomTraffic(long seed) {
    random = new Random(seed);
  }

  /** Sends packets of random kinds from random flows at random times. */
  void send(int count, int flows) {
    long time = 1_000_000_000L;
    for (int packet = 0; packet < count; packet++) {
      time += random.nextInt(200) * MICROSECOND;
      send(Kind.values()[random.nextInt(Kind.values().length)], random.nextInt(flows), time);
    }
  }

  private void send(Kind kind, int flow, long time) {
    int lostBehind = random.nextInt(50) == 0 ? random.nextInt(TAPS) : TAPS;
    byte[] alike = new byte[200];
    byte[] own = new byte[200];
    random.nextBytes(own);
    switch (kind) {
      case UDP -> whole(kind, flow, time, lostBehind, own, false);
      case UDP_ALIKE -> whole(kind, flow, time, lostBehind, alike, false);
      case UDP_ALIKE_IPV6 -> whole(kind, flow, time, lostBehind, alike, true);
      case TCP -> segment(kind, flow, time, lostBehind, random.nextInt(), 200);
      case TCP_AGAIN -> {
        int sequence = random.nextInt();
        segment(kind, flow, time, lostBehind, sequence, 200);
        segment(kind, flow, time + 300_000 * MICROSECOND, TAPS, sequence, 200);
      }
      case TCP_CUT ->
          segment(
              kind, flow, time, lostBehind, random.nextInt(), SEGMENT * (2 + random.nextInt(5)));
      case FRAGMENTS -> fragments(flow, time, lostBehind);
    }
  }

  private long arrival(int tap, long time) {
    long arrived = Math.max(time + (3 + random.nextInt(30)) * MICROSECOND, busyUntil[tap] + 1);
    busyUntil[tap] = arrived;
    return arrived;
  }

  /** As a host does it: one counter for each pair of addresses and protocol. */
  private int identification(int flow) {
    return (identifications.merge(flow % 40, 1, Integer::sum) + flow % 40 * 7919) & 0xffff;
  }

  private static IpAddress pod(int flow, boolean ipv6) {
    return ipv6
        ? IpAddress.ofIpv6(0xfd00L << 48, flow % 40 + 1)
        : IpAddress.ofIpv4(0x0af4_0100 + flow % 40);
  }

  private static IpAddress target(int flow, int tap, boolean ipv6) {
    boolean translated = tap >= 2;
    if (ipv6) {
      return IpAddress.ofIpv6(0xfd00L << 48, translated ? 0x1000 + flow % 10 : 0x2000);
    }
    return IpAddress.ofIpv4(translated ? 0x0af4_0200 + flow % 10 : 0x0a60_000a);
  }

  private static int port(int tap) {
    return tap >= 2 ? 8080 : 80;
  }

  private static int hops(int tap) {
    return tap < 2 ? 64 : tap < 4 ? 63 : 62;
  }

  private void whole(Kind kind, int flow, long time, int lostBehind, byte[] payload, boolean ipv6) {
    int truth = packets++;
    int identification = identification(flow);
    long at = time;
    for (int tap = 0; tap < TAPS && tap <= lostBehind; tap++) {
      at = arrival(tap, at);
      Layer ip = ip(flow, tap, IpProtocol.UDP, identification, ipv6);
      Udp udp = Udp.of(20_000 + flow, port(tap));
      show(tap, at, Set.of(truth), kind, ip, udp, new Payload(Bytes.of(payload)));
    }
  }

  private static Layer ip(int flow, int tap, int protocol, int identification, boolean ipv6) {
    return ipv6
        ? Ipv6.of(pod(flow, true), target(flow, tap, true), protocol, hops(tap))
        : new Ipv4(
            0,
            identification,
            0,
            0,
            hops(tap),
            protocol,
            pod(flow, false),
            target(flow, tap, false),
            Bytes.EMPTY,
            OptionalInt.empty(),
            OptionalInt.empty());
  }

  private void segment(Kind kind, int flow, long time, int lostBehind, int sequence, int length) {
    int truth = packets++;
    int identification = identification(flow);
    byte[] payload = new byte[length];
    random.nextBytes(payload);
    Bytes options = Bytes.fromHex("0101080a%08x%08x".formatted((int) (time / 1_000_000), flow));
    long at = time;
    for (int tap = 0; tap < TAPS && tap <= lostBehind; tap++) {
      int piece = tap >= 2 ? SEGMENT : length;
      for (int from = 0; from < length; from += piece) {
        at = arrival(tap, at);
        Tcp tcp =
            new Tcp(
                20_000 + flow,
                port(tap),
                sequence + from,
                7 + flow,
                Tcp.ACK,
                500,
                0,
                options,
                OptionalInt.empty());
        Layer ip = ip(flow, tap, IpProtocol.TCP, (identification + from / piece) & 0xffff, false);
        Bytes bytes = Bytes.of(payload, from, Math.min(piece, length - from));
        show(tap, at, Set.of(truth), kind, ip, tcp, new Payload(bytes));
      }
    }
  }

  private void fragments(int flow, long time, int lostBehind) {
    int truth = packets++;
    int identification = identification(flow);
    byte[] payload = new byte[2400 - 8];
    random.nextBytes(payload);
    long at = time;
    for (int tap = 0; tap < TAPS && tap <= lostBehind; tap++) {
      Udp udp = Udp.of(20_000 + flow, port(tap));
      Packet whole =
          Packet.of(
              ip(flow, tap, IpProtocol.UDP, identification, false),
              udp,
              new Payload(Bytes.of(payload)));
      byte[] bytes = Encoder.encode(whole).toArray();
      int piece = tap >= 2 ? 1200 : 2400;
      for (int from = 0; from < 2400; from += piece) {
        at = arrival(tap, at);
        int more = from + piece < 2400 ? Ipv4.MORE_FRAGMENTS : 0;
        Ipv4 ip =
            new Ipv4(
                0,
                identification,
                more,
                from / 8,
                hops(tap),
                IpProtocol.UDP,
                pod(flow, false),
                target(flow, tap, false),
                Bytes.EMPTY,
                OptionalInt.empty(),
                OptionalInt.empty());
        show(
            tap,
            at,
            Set.of(truth),
            Kind.FRAGMENTS,
            ip,
            new Payload(Bytes.of(bytes, 20 + from, piece)));
      }
    }
  }

  private void show(int tap, long time, Set<Integer> truth, Kind kind, Layer... layers) {
    List<Layer> all = new ArrayList<>();
    boolean ipv6 = layers[0] instanceof Ipv6;
    all.add(
        new Ethernet(
            new MacAddress(0x0200_0000_0000L + tap),
            new MacAddress(0x0200_0000_0100L + tap),
            ipv6 ? EtherType.IPV6 : EtherType.IPV4));
    all.addAll(List.of(layers));
    Packet packet = new Packet(all);
    if (tap == 2 || tap == 3) {
      packet =
          packet
              .within(Vxlan.of(42))
              .within(Udp.of(45_000, Vxlan.PORT))
              .within(
                  Ipv4.of(IpAddress.of("192.0.2.1"), IpAddress.of("192.0.2.2"), IpProtocol.UDP, 64))
              .within(
                  new Ethernet(new MacAddress(0x0200_0000_0aaaL), MacAddress.ZERO, EtherType.IPV4));
    }
    frames.add(new Shown(tap, time, Encoder.encode(packet), truth, kind));
  }

  /** Lets a matcher look at all of it, and scores what it says. */
  Map<Kind, Score> score() {
    frames.sort(Comparator.comparingLong(Shown::time));
    Map<Kind, Score> scores = new LinkedHashMap<>();
    Map<Integer, Long> packetOfTruth = new LinkedHashMap<>();
    Matcher matcher =
        new Matcher(Matcher.Limits.USUAL, packet -> judge(packet, scores, packetOfTruth));
    Dissection dissection = new Dissection();
    Dissector dissector = new Dissector(TunnelPorts.STANDARD);
    Fingerprint print = new Fingerprint(Fingerprint.Depth.USUAL);
    for (int index = 0; index < frames.size(); index++) {
      Shown frame = frames.get(index);
      byte[] bytes = frame.bytes().toArray();
      int length = bytes.length;
      dissector.dissect(LinkType.ETHERNET, bytes, 0, length, length, dissection);
      print.take(dissection);
      matcher.see(frame.tap(), index, frame.time(), frame.time(), print);
    }
    matcher.finish();
    return scores;
  }

  private void judge(SeenPacket packet, Map<Kind, Score> scores, Map<Integer, Long> packetOfTruth) {
    Shown first = frames.get((int) packet.frame(0));
    int truth = first.truth().iterator().next();
    boolean known = packetOfTruth.putIfAbsent(truth, packet.id()) != null;
    Score score = new Score(known ? 1 : 0, 0, 0, 0, known ? 1 : 0);
    for (int index = 1; index < packet.count(); index++) {
      Shown frame = frames.get((int) packet.frame(index));
      boolean right = frame.truth().contains(truth);
      boolean sure = packet.quality().isSure();
      score = score.plus(new Score(1, right ? 1 : 0, right ? 0 : 1, !right && sure ? 1 : 0, 0));
    }
    scores.merge(first.kind(), score, Score::plus);
  }
}
