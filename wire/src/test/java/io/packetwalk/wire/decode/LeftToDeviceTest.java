package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import org.junit.jupiter.api.Test;

/**
 * Checksums of a tunnel around one that a device has yet to complete, as Linux sent them (captured
 * at the sender's uplink).
 */
final class LeftToDeviceTest {
  /** VXLAN around a datagram whose checksum is the pseudo header's sum so far. */
  private static final String SENT =
      "5254008b1e12"
          + "5254008b1e11"
          + "0800"
          + "4500008e2f2b0000401165ccc0a8320bc0a8320c"
          + "cee312b5007a3d59"
          + "0800000000100000"
          + "661e4c0d5002"
          + "661e4c0d5001"
          + "0800"
          + "4500005cb9a140003f11687e0af401450af40245"
          + "a0911f90004819cb"
          + "707730303130352d3030332d3233643031306435383732667061636b65747761"
          + "6c6b7061636b657477616c6b7061636b657477616c6b7061636b657477616c6b";

  private static Decoded decoded(String hex) {
    return new Decoder().decode(LinkType.ETHERNET, Bytes.fromHex(hex));
  }

  @Test
  void the_outer_checksum_is_right_for_the_completed_packet() {
    Decoded decoded = decoded(SENT);

    assertThat(decoded.faults()).isEmpty();
    assertThat(decoded.remarks())
        .extracting(Remark::kind)
        .containsExactly(Remark.Kind.CHECKSUM_OFFLOADED);
    assertThat(Encoder.encode(decoded.packet()).toHex()).isEqualTo(SENT);
  }

  @Test
  void an_outer_checksum_that_is_wrong_for_it_is_still_a_fault() {
    Decoded decoded = decoded(SENT.replace("007a3d59", "007a3d5a"));

    assertThat(decoded.faults())
        .singleElement()
        .satisfies(fault -> {
          assertThat(fault.reason()).isEqualTo(Fault.Reason.CHECKSUM);
          assertThat(fault.layer()).isEqualTo(LayerKind.UDP);
          assertThat(fault.required()).isEqualTo(0x3d59);
        });
  }
}
