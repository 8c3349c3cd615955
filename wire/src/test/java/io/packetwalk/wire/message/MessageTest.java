package io.packetwalk.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.capture.Corpus;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Udp;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MessageTest {
  private static final Layer IP =
      Ipv4.of(IpAddress.of("10.0.0.1"), IpAddress.of("10.0.0.2"), 17, 64);

  private static List<String> lines(Layer carrier, String hex) {
    Packet packet = Packet.of(IP, carrier, new Payload(Bytes.fromHex(hex)));
    return Message.of(packet).map(Message::lines).orElse(List.of());
  }

  @Test
  void a_dns_answer_shows_its_question_and_addresses() {
    String header = "002a" + "8180" + "0001" + "0001" + "0000" + "0000";
    String question = "0361706904" + "73686f70" + "00" + "0001" + "0001";
    String answer = "c00c" + "0001" + "0001" + "0000001e" + "0004" + "0a600001";
    assertThat(lines(Udp.of(53, 40000), header + question + answer))
        .containsExactly("DNS answer 42 A api.shop", "api.shop A 10.96.0.1");
  }

  @Test
  void a_dns_name_that_points_to_itself_ends() {
    assertThat(
            lines(
                Udp.of(40000, 53), "002a" + "0100" + "0001" + "000000000000" + "c00c" + "00010001"))
        .containsExactly("DNS question 42 ");
  }

  @Test
  void bgp_messages_of_a_segment_are_told_one_by_one() {
    String marker = "ff".repeat(16);
    String open = marker + "001d" + "01" + "04" + "fc00" + "00b4" + "c0a8320b" + "00";
    String keepalive = marker + "0013" + "04";
    assertThat(lines(Tcp.of(179, 40000, Tcp.ACK), open + keepalive))
        .containsExactly(
            "BGP OPEN, AS 64512, hold time 180 s, identifier 192.168.50.11", "BGP KEEPALIVE");
  }

  @Test
  void a_bgp_update_announces_and_withdraws_prefixes() {
    String update = "ff".repeat(16) + "0020" + "02" + "0004" + "180a0102" + "0000" + "1a0af4bd40";
    assertThat(lines(Tcp.of(40000, 179, Tcp.ACK), update))
        .containsExactly("BGP UPDATE withdraws 10.1.2.0/24, announces 10.244.189.64/26");
  }

  @Test
  void a_neighbour_solicitation_names_target_and_sender() {
    String target = "fe80" + "00".repeat(13) + "01";
    assertThat(lines(Icmpv6.of(135, 0, 0), target + "0101" + "020000000009"))
        .containsExactly("who has fe80::1? from 02:00:00:00:00:09");
  }

  @Test
  void messages_of_the_corpus_are_read_without_an_exception() throws IOException {
    Map<String, Integer> kinds = new TreeMap<>();
    Decoder decoder = new Decoder();
    for (String name : Corpus.names()) {
      CaptureReader reader = Corpus.open(name);
      while (reader.next() && reader.number() <= 500) {
        Optional<Message> message = Message.of(decoder.decode(reader.frame()).packet());
        message.ifPresent(found -> {
          assertThat(found.lines()).isNotEmpty();
          kinds.merge(found.getClass().getSimpleName(), 1, Integer::sum);
        });
      }
    }
    System.out.println("messages: " + kinds);
    assertThat(kinds)
        .containsOnlyKeys("BgpMessages", "DhcpMessage", "DnsMessage", "NeighbourMessage");
  }
}
