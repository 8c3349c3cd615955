package io.packetwalk.bench;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vxlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Frames as a node's device shows them: half of them in VXLAN, seven of eight TCP, the sizes mixed
 * (40 % small, 30 % middling, 30 % full), about 500 bytes on average; 500 pods talk.
 */
final class Traffic {
  private static final long SEED = 20_251_122;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** That many frames, always the same ones. */
  List<byte[]> frames(int count) {
    List<byte[]> frames = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      frames.add(frame(index % 2 == 0));
    }
    return frames;
  }

  private byte[] frame(boolean tunnelled) {
    boolean tcp = random.nextInt(8) != 0;
    Ethernet ethernet =
        new Ethernet(
            new MacAddress(0x0200_0000_0001L), new MacAddress(0x0200_0000_0002L), EtherType.IPV4);
    Packet inner =
        Packet.of(
            ethernet,
            Ipv4.of(pod(), pod(), tcp ? 6 : 17, 63),
            tcp ? segment() : Udp.of(30_000 + random.nextInt(1000), 5300),
            payload());
    Packet packet =
        tunnelled
            ? inner
                .within(Vxlan.of(4096))
                .within(
                    new Udp(
                        32_768 + random.nextInt(28_000),
                        Vxlan.PORT,
                        OptionalInt.empty(),
                        OptionalInt.of(0)))
                .within(Ipv4.of(IpAddress.of("192.168.0.1"), IpAddress.of("192.168.0.2"), 17, 64))
                .within(ethernet)
            : inner;
    return Encoder.encode(packet).toArray();
  }

  private Tcp segment() {
    return new Tcp(
        30_000 + random.nextInt(1000),
        8080,
        random.nextInt(),
        random.nextInt(),
        Tcp.ACK,
        501,
        0,
        Bytes.fromHex("0101080a" + "%08x%08x".formatted(random.nextInt(), random.nextInt())),
        OptionalInt.empty());
  }

  private Payload payload() {
    int kind = random.nextInt(10);
    byte[] content =
        new byte
            [kind < 4
                ? random.nextInt(30)
                : kind < 7 ? 200 + random.nextInt(300) : 1100 + random.nextInt(180)];
    random.nextBytes(content);
    return new Payload(Bytes.of(content));
  }

  private IpAddress pod() {
    return IpAddress.ofIpv4(0x0af4_0000 + random.nextInt(500));
  }
}
