package io.packetwalk.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Encoder;

/** A frame of any bytes: nothing throws, and what had no faults encodes to what it was. */
class PacketFuzzTest {
  private static final int[] LINK_TYPES = {1, 0, 9, 51, 101, 113, 228, 229, 239, 276};

  @FuzzTest(maxDuration = FuzzTime.EACH)
  void a_frame_without_faults_is_the_inverse_of_its_encoding(byte[] input) {
    if (input.length == 0) {
      return;
    }
    LinkType link = new LinkType(LINK_TYPES[(input[0] & 0xff) % LINK_TYPES.length]);
    Bytes frame = Bytes.of(input, 1, input.length - 1);
    Decoded decoded = new Decoder().decode(link, frame);
    Bytes encoded = Encoder.encode(decoded.packet());
    assertThat(encoded.length()).isEqualTo(frame.length());
    assertThat(new Decoder().decode(link, encoded).packet()).isEqualTo(decoded.packet());
  }
}
