package io.packetwalk.correlate.survey;

import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.model.NamespaceId;
import io.packetwalk.model.Snapshot;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import io.packetwalk.wire.layer.IpProtocol;
import java.util.Optional;

/** The questions whose packets are like those of flows that were seen. */
final class FlowQuestions {
  private final Snapshot snapshot;
  private final Taps taps;

  FlowQuestions(Snapshot snapshot, Taps taps) {
    this.snapshot = snapshot;
    this.taps = taps;
  }

  /** The question whose packets are like those of this flow, when its sender is in the state. */
  Optional<Question> of(FlowUse use) {
    Flow flow = use.flow();
    NamespaceId place = taps.tap(use.paths().getFirst().taps().getFirst()).place();
    boolean own =
        snapshot.namespace(place).links().addresses().stream()
            .anyMatch(address -> address.address().equals(flow.source()));
    boolean group = flow.destination().isMulticast() || flow.source().isUnspecified();
    if (!own || group) {
      return Optional.empty();
    }
    return probe(flow)
        .map(probe ->
            new Question(
                new Origin.Inside(place),
                flow.destination(),
                Optional.of(flow.source()),
                probe,
                use.hopLimit()));
  }

  private static Optional<Probe> probe(Flow flow) {
    return switch (flow.protocol()) {
      case IpProtocol.TCP ->
          Optional.of(new Probe.TcpSyn(flow.sourcePort(), flow.destinationPort(), 0));
      case IpProtocol.UDP ->
          Optional.of(new Probe.UdpDatagram(flow.sourcePort(), flow.destinationPort(), 0));
      case IpProtocol.SCTP ->
          Optional.of(new Probe.SctpInit(flow.sourcePort(), flow.destinationPort(), 0));
      case IpProtocol.ICMP, IpProtocol.ICMPV6 ->
          Optional.of(flow)
              .filter(ping -> ping.sourcePort() == 8 || ping.sourcePort() == 128)
              .map(ping ->
                  new Probe.IcmpMessage(ping.sourcePort(), 0, ping.destinationPort(), 1, 0));
      default -> Optional.empty();
    };
  }

  /** Whether the ports, or the type, are those of a request. */
  static boolean isRequest(Flow flow) {
    return switch (flow.protocol()) {
      case IpProtocol.TCP, IpProtocol.UDP ->
          flow.destinationPort() < flow.sourcePort() && flow.sourcePort() >= 32768;
      case IpProtocol.ICMP -> flow.sourcePort() == 8;
      case IpProtocol.ICMPV6 -> flow.sourcePort() == 128;
      default -> false;
    };
  }

  /** Whether the ports, or the type, are those of an answer, whose way a connection decides. */
  static boolean isAnswer(Flow flow) {
    return switch (flow.protocol()) {
      case IpProtocol.TCP, IpProtocol.UDP ->
          flow.sourcePort() < flow.destinationPort() && flow.destinationPort() >= 32768;
      case IpProtocol.ICMP -> flow.sourcePort() == 0;
      case IpProtocol.ICMPV6 -> flow.sourcePort() == 129;
      default -> false;
    };
  }
}
