package io.packetwalk.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Part;
import io.packetwalk.correlate.match.Quality;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.IpProtocol;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Packets that repeat others, as what their sender gives each anew tells them apart. */
final class RepetitionsTest {
  private static final IpAddress FROM = IpAddress.of("10.0.0.1");
  private static final IpAddress TO = IpAddress.of("10.0.0.2");

  private static Trajectory segment(long id, int identification, int sent) {
    Bytes timestamps = Bytes.of(new byte[] {1, 1, 8, 10, 0, 0, 0, (byte) sent, 0, 0, 0, 1});
    Tcp tcp = new Tcp(40000, 80, 1000, 1, Tcp.ACK, 100, 0, timestamps, OptionalInt.empty());
    return trajectory(
        id, 1000, Packet.of(ip(identification, IpProtocol.TCP), tcp, Payload.zeros(9)));
  }

  private static Trajectory datagram(long id, int identification, int first) {
    Payload payload = new Payload(Bytes.of(new byte[] {(byte) first, 2, 3}));
    return trajectory(
        id,
        identification,
        Packet.of(ip(identification, IpProtocol.UDP), Udp.of(40000, 80), payload));
  }

  private static Ipv4 ip(int identification, int protocol) {
    return new Ipv4(
        0,
        identification,
        0,
        0,
        64,
        protocol,
        FROM,
        TO,
        Bytes.EMPTY,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private static Trajectory trajectory(long id, int number, Packet packet) {
    Bytes bytes = Encoder.encode(packet);
    Decoded decoded =
        new Decoder(TunnelPorts.STANDARD)
            .decode(new Frame(0, LinkType.RAW_IP, id, bytes.length(), bytes));
    int protocol = decoded.packet().first(Ipv4.class).orElseThrow().protocol();
    Flow flow = new Flow(FROM, TO, protocol, 40000, 80);
    Seen seen =
        new Seen(
            0, id, id, id, flow, 64, Part.SAME, number, 9, bytes.length(), Optional.of(decoded));
    return new Trajectory(id, Quality.UNIQUE, 0, List.of(seen));
  }

  private static Map<Long, Repetition> among(Trajectory... packets) {
    return Repetitions.among(List.of(packets));
  }

  @Test
  void what_was_sent_again_has_a_time_or_an_identification_of_its_own() {
    assertThat(among(segment(1, 7, 1), segment(2, 8, 1)))
        .containsExactly(Map.entry(2L, Repetition.RETRANSMISSION));
    assertThat(among(segment(1, 0, 1), segment(2, 0, 2)))
        .containsExactly(Map.entry(2L, Repetition.RETRANSMISSION));
  }

  @Test
  void a_copy_that_was_made_on_the_way_has_those_of_its_original() {
    assertThat(among(segment(1, 7, 1), segment(2, 7, 1)))
        .containsExactly(Map.entry(2L, Repetition.DUPLICATE));
    assertThat(among(datagram(1, 7, 1), datagram(2, 7, 1)))
        .containsExactly(Map.entry(2L, Repetition.DUPLICATE));
  }

  @Test
  void without_an_identification_a_copy_cant_be_told_from_what_was_sent_again() {
    assertThat(among(segment(1, 0, 1), segment(2, 0, 1)))
        .containsExactly(Map.entry(2L, Repetition.UNCLEAR));
    assertThat(among(datagram(1, 0, 1), datagram(2, 0, 1))).isEmpty();
  }

  @Test
  void other_contents_are_no_repetition() {
    assertThat(among(datagram(1, 7, 1), datagram(2, 8, 1))).isEmpty();
    assertThat(among(datagram(1, 7, 1), datagram(2, 7, 2))).isEmpty();
  }
}
