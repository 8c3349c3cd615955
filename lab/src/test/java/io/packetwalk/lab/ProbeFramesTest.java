package io.packetwalk.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.LinkType;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames that a kernel sent: a datagram, and the error about it. */
final class ProbeFramesTest {
  private static final String TAG = "pw00001-000-754954c56c9a";
  private static final String DATAGRAM_HEADERS =
      "5254008b1e125254008b1e1108004500005c40ac40003f11e1f30af401050af40205a0631f900048194b";
  private static final String ERROR_HEADERS =
      "5254008b1e115254008b1e12080045c0007863d0000040011748c0a8320c0af40105030a128000000000";
  private static final String QUOTE = DATAGRAM_HEADERS.substring(28);

  private final ProbeFrames frames =
      new ProbeFrames(
          List.of(
              new LabProbe(
                  7,
                  "shop/web",
                  "worker1",
                  "cni-1",
                  "x",
                  "10.244.2.5",
                  8080,
                  "udp",
                  41059,
                  64,
                  TAG)));

  @Test
  void a_datagram_is_known_by_its_tag() {
    assertThat(frames.find(LinkType.ETHERNET, frame(DATAGRAM_HEADERS)))
        .hasValueSatisfying(found -> {
          assertThat(found.probe()).isEqualTo(7);
          assertThat(found.headers()).isEqualTo(DATAGRAM_HEADERS);
          assertThat(found.error()).isEmpty();
        });
  }

  @Test
  void an_error_that_quotes_a_probe_tells_who_refused_it() {
    assertThat(frames.find(LinkType.ETHERNET, frame(ERROR_HEADERS + QUOTE)))
        .hasValueSatisfying(found -> {
          assertThat(found.headers()).isEqualTo(ERROR_HEADERS);
          assertThat(found.error()).hasValue(new ProbeFrames.IcmpError(3, 10, "192.168.50.12"));
        });
  }

  @Test
  void a_frame_of_somebody_else_is_none() {
    assertThat(frames.find(LinkType.ETHERNET, HexFormat.of().parseHex(DATAGRAM_HEADERS))).isEmpty();
  }

  private static byte[] frame(String headers) {
    byte[] start = HexFormat.of().parseHex(headers);
    byte[] payload =
        (TAG + "packetwalkpacketwalkpacketwalkpacketwalk").getBytes(StandardCharsets.US_ASCII);
    byte[] all = new byte[start.length + payload.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(payload, 0, all, start.length, payload.length);
    return all;
  }
}
