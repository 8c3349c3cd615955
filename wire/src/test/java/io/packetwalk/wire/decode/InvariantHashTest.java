package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.lang.management.ManagementFactory;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class InvariantHashTest {
  private static final IpAddress POD = IpAddress.of("10.244.1.2");
  private static final IpAddress SERVICE = IpAddress.of("10.96.0.10");
  private static final IpAddress BACKEND = IpAddress.of("10.244.2.7");
  private static final Ethernet ETHERNET =
      new Ethernet(MacAddress.BROADCAST, MacAddress.ZERO, EtherType.IPV4);

  private static long hash(Packet packet) {
    Bytes bytes = Encoder.encode(packet);
    Dissection dissection = new Dissection();
    new Dissector(TunnelPorts.STANDARD)
        .dissect(LinkType.ETHERNET, bytes.toArray(), 0, bytes.length(), bytes.length(), dissection);
    return new InvariantHash(InvariantHash.USUAL_PAYLOAD).of(dissection);
  }

  private static Packet segment(IpAddress to, int port, int ttl, int sequence, String payload) {
    Tcp tcp =
        new Tcp(
            40000,
            port,
            sequence,
            7,
            Tcp.ACK,
            100,
            0,
            Bytes.fromHex("0101080a0000000a0000000b"),
            OptionalInt.empty());
    return Packet.of(
        ETHERNET,
        Ipv4.of(POD, to, 6, ttl),
        tcp,
        new Payload(Bytes.of(payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
  }

  @Test
  void translation_routing_and_encapsulation_leave_the_hash_as_it_is() {
    Packet atPod = segment(SERVICE, 80, 64, 1000, "GET / HTTP/1.1");
    Packet translated = segment(BACKEND, 8080, 63, 1000, "GET / HTTP/1.1");
    Packet tunnelled =
        translated
            .within(Vxlan.of(1))
            .within(Udp.of(50000, Vxlan.PORT))
            .within(Ipv4.of(IpAddress.of("192.168.0.1"), IpAddress.of("192.168.0.2"), 17, 64))
            .within(ETHERNET);
    assertThat(hash(translated)).isEqualTo(hash(atPod));
    assertThat(hash(tunnelled)).isEqualTo(hash(atPod));
  }

  @Test
  void another_segment_has_another_hash() {
    long hash = hash(segment(SERVICE, 80, 64, 1000, "GET / HTTP/1.1"));
    assertThat(hash(segment(SERVICE, 80, 64, 1001, "GET / HTTP/1.1"))).isNotEqualTo(hash);
    assertThat(hash(segment(SERVICE, 80, 64, 1000, "GET / HTTP/1.0"))).isNotEqualTo(hash);
  }

  @Test
  void an_echo_keeps_its_hash_when_its_identifier_is_rewritten() {
    Packet sent = Packet.of(ETHERNET, Ipv4.of(POD, BACKEND, 1, 64), Icmp.echoRequest(1, 5));
    Packet translated =
        Packet.of(ETHERNET, Ipv4.of(SERVICE, BACKEND, 1, 60), Icmp.echoRequest(9, 5));
    Packet next = Packet.of(ETHERNET, Ipv4.of(POD, BACKEND, 1, 64), Icmp.echoRequest(1, 6));
    assertThat(hash(translated)).isEqualTo(hash(sent));
    assertThat(hash(next)).isNotEqualTo(hash(sent));
  }

  @Test
  void what_is_no_ip_packet_has_no_hash() {
    assertThat(hash(Packet.of(new Ethernet(MacAddress.ZERO, MacAddress.ZERO, 0x88cc)))).isZero();
  }

  @Test
  void dissecting_and_hashing_allocate_nothing() {
    Bytes bytes =
        Encoder.encode(
            segment(BACKEND, 8080, 63, 1000, "x".repeat(400))
                .within(Vxlan.of(1))
                .within(Udp.of(50000, Vxlan.PORT))
                .within(Ipv4.of(POD, BACKEND, 17, 64))
                .within(ETHERNET));
    byte[] frame = bytes.toArray();
    Dissector dissector = new Dissector(TunnelPorts.STANDARD);
    Dissection dissection = new Dissection();
    InvariantHash hash = new InvariantHash(InvariantHash.USUAL_PAYLOAD);
    long sum = run(dissector, dissection, hash, frame, 50_000);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    sum += run(dissector, dissection, hash, frame, 100_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(sum).isNotZero();
    assertThat(allocated).isLessThan(100_000);
  }

  private static long run(
      Dissector dissector, Dissection dissection, InvariantHash hash, byte[] frame, int rounds) {
    long sum = 0;
    for (int round = 0; round < rounds; round++) {
      dissector.dissect(LinkType.ETHERNET, frame, 0, frame.length, frame.length, dissection);
      sum += hash.of(dissection);
    }
    return sum;
  }
}
