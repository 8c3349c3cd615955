package io.packetwalk.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.model.cluster.ObjectName;
import io.packetwalk.read.StateFiles;
import io.packetwalk.read.StateReader;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.walk.Stage;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Verdict;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.engine.Walker;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Encoder;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.GeneveOption;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the walk puts in front of a packet in a tunnel, as a capture of it would be decoded. */
class SwitchTunnelTest {
  private static final Path STATE = Path.of("src", "test", "resources", "antrea", "tunnel");

  private static Walk walk(String file) throws IOException {
    Snapshot snapshot =
        StateReader.read(StateFiles.of(file, Files.readString(STATE.resolve(file))));
    assertThat(snapshot.inventory().unread()).isEmpty();
    NamespaceId pod = snapshot.podNamespaces().get(new ObjectName("shop", "web1"));
    return new Walker(snapshot)
        .walk(
            new Question(
                new Origin.Inside(pod),
                IpAddress.of("10.0.0.2"),
                Optional.empty(),
                new Probe.TcpSyn(40000, 80, 0),
                64));
  }

  /** The frame that leaves the first node, from the bytes that it is on the wire. */
  private static Packet decoded(Branch branch) {
    Step sent =
        branch.steps().stream()
            .filter(step -> step.stage() == Stage.EGRESS && step.device().equals("eth0"))
            .reduce((first, second) -> second)
            .orElseThrow();
    return new Decoder().decode(LinkType.ETHERNET, Encoder.encode(sent.packet())).packet();
  }

  @Test
  void options_of_geneve_are_to_a_capture_what_the_flows_set_and_the_peers_flows_match()
      throws IOException {
    Walk walk = walk("geneve.txt");
    Branch branch = walk.forward().branches().getFirst();

    assertThat(branch.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().branches().getFirst().verdict())
        .isEqualTo(Verdict.DELIVERED);
    Geneve header = decoded(branch).first(Geneve.class).orElseThrow();
    assertThat(header.vni()).isEqualTo(5);
    assertThat(header.critical()).isTrue();
    assertThat(GeneveOption.of(header.options()))
        .extracting(GeneveOption::toString)
        .containsExactly("OVN from logical port 1 to 2", "Antrea Traceflow tag 7");
    assertThat(GeneveOption.bytes(GeneveOption.of(header.options()))).isEqualTo(header.options());
  }

  @Test
  void stt_looks_like_tcp_and_carries_a_key_of_64_bits() throws IOException {
    Walk walk = walk("stt.txt");
    Branch branch = walk.forward().branches().getFirst();

    assertThat(branch.verdict()).isEqualTo(Verdict.DELIVERED);
    assertThat(walk.reply().orElseThrow().branches().getFirst().verdict())
        .isEqualTo(Verdict.DELIVERED);
    Packet frame = decoded(branch);
    assertThat(frame.first(Stt.class).orElseThrow().context()).isEqualTo(0x123456789L);
    Tcp segment = frame.first(Tcp.class).orElseThrow();
    assertThat(segment.destinationPort()).isEqualTo(Stt.PORT);
    assertThat(segment.sequence() >>> 16).isEqualTo(Stt.HEADER_LENGTH + 14 + 20 + 20);
    assertThat(List.of(segment.flags())).containsExactly(Tcp.ACK | Tcp.PSH);
  }
}
