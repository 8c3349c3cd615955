package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Corpus;
import io.packetwalk.wire.layer.Packet;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final int ROUNDS = 20_000;

  @Test
  void what_was_encoded_decodes_to_itself_without_faults() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("round trip: -Dseed=" + seed);
    RandomPackets packets = new RandomPackets(new SplittableRandom(seed));
    Decoder decoder = new Decoder();
    for (int round = 0; round < ROUNDS; round++) {
      Packet packet = packets.next();
      Bytes bytes = Encoder.encode(packet);
      Decoded decoded = decoder.decode(LinkType.ETHERNET, bytes);
      assertThat(decoded.packet())
          .as("seed %d, round %d: %s", seed, round, bytes)
          .isEqualTo(packet);
      assertThat(decoded.faults()).as("seed %d, round %d: %s", seed, round, bytes).isEmpty();
    }
  }

  @Test
  void damaged_packets_are_decoded_without_an_exception_and_encode_again() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("damage: -Dseed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    RandomPackets packets = new RandomPackets(random);
    Decoder decoder = new Decoder();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = Encoder.encode(packets.next()).toArray();
      for (int change = 0; change < 3; change++) {
        bytes[random.nextInt(Math.min(bytes.length, 80))] = (byte) random.nextInt();
      }
      Bytes damaged = Bytes.of(bytes, 0, random.nextInt(bytes.length));
      Decoded decoded = decoder.decode(LinkType.ETHERNET, damaged, bytes.length);
      Bytes again = Encoder.encode(decoded.packet());
      assertThat(again.length())
          .as("seed %d, round %d: %s", seed, round, damaged)
          .isEqualTo(damaged.length());
    }
  }

  @Test
  void frames_without_faults_encode_to_the_bytes_they_were() throws IOException {
    int frames = 0;
    for (String name : Corpus.names()) {
      Decoder decoder = new Decoder();
      CaptureReader reader = Corpus.open(name);
      while (reader.next() && reader.number() <= 2_000) {
        Decoded decoded = decoder.decode(reader.frame());
        if (decoded.faults().isEmpty()) {
          frames++;
          assertThat(Encoder.encode(decoded.packet()))
              .as("%s #%d", name, reader.number())
              .isEqualTo(reader.frame().content());
        }
      }
    }
    System.out.println("encoded again: " + frames + " frames");
    assertThat(frames).isGreaterThan(10_000);
  }
}
