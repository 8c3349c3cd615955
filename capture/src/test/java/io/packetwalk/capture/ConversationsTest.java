package io.packetwalk.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.decode.LayerKind;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Udp;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationsTest {
  private static final IpAddress A = IpAddress.of("10.0.0.1");
  private static final IpAddress B = IpAddress.of("200.0.0.2");

  private static void add(Conversations conversations, IpAddress from, int port, IpAddress to) {
    Bytes bytes = Encoder.encode(Packet.of(Ipv4.of(from, to, 17, 64), Udp.of(port, 7000)));
    Dissection dissection = new Dissection();
    new Dissector(TunnelPorts.STANDARD)
        .dissect(LinkType.RAW_IP, bytes.toArray(), 0, bytes.length(), bytes.length(), dissection);
    conversations.add(dissection);
  }

  @Test
  void both_directions_are_one_conversation_with_the_lower_end_first() {
    Conversations conversations = new Conversations(10);
    add(conversations, B, 7000, A);
    add(conversations, A, 7000, B);
    assertThat(conversations.list())
        .containsExactly(
            new Conversation(List.of(LayerKind.IPV4, LayerKind.UDP), A, 7000, B, 7000, 2, 56));
  }

  @Test
  void many_conversations_are_told_apart_and_past_the_limit_counted_together() {
    Conversations conversations = new Conversations(5000);
    for (int port = 1; port <= 6000; port++) {
      add(conversations, A, port, B);
      add(conversations, A, port, B);
    }
    assertThat(conversations.list()).hasSize(5000).allMatch(each -> each.packets() == 2);
    assertThat(conversations.otherPackets()).isEqualTo(2000);
    assertThat(conversations.packets()).isEqualTo(12_000);
  }
}
