package io.packetwalk.report.correlation;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.survey.PathUse;
import io.packetwalk.report.Names;
import io.packetwalk.wire.IpAddress;
import java.util.stream.Collectors;

/** What the taps, flows and ways of a survey are called. */
final class SurveyWords {
  private final Names names;
  private final Taps taps;

  SurveyWords(Names names, Taps taps) {
    this.names = names;
    this.taps = taps;
  }

  String way(PathUse path) {
    return path.taps().stream().map(this::name).collect(Collectors.joining(" → "));
  }

  String name(int tap) {
    Tap at = taps.tap(tap);
    String place =
        at.place().isHost()
            ? at.place().node()
            : names.podOf(at.place()).orElse(at.place().node() + ":" + at.place().name());
    return place + " " + at.device();
  }

  String flow(Flow flow) {
    boolean ping = flow.protocol() == 1 || flow.protocol() == 58;
    String ports = ping ? "" : flow.sourcePort() == 0 ? "" : ":" + flow.sourcePort();
    String end = ping || flow.destinationPort() == 0 ? "" : ":" + flow.destinationPort();
    return end(flow.source())
        + ports
        + " → "
        + end(flow.destination())
        + end
        + " "
        + protocol(flow);
  }

  private String end(IpAddress address) {
    return names
        .of(address)
        .map(name -> name.substring(name.indexOf(' ') + 1))
        .orElse(address + "");
  }

  private static String protocol(Flow flow) {
    return switch (flow.protocol()) {
      case 1 -> "icmp type " + flow.sourcePort();
      case 6 -> "tcp";
      case 17 -> "udp";
      case 58 -> "icmpv6 type " + flow.sourcePort();
      case 132 -> "sctp";
      default -> "protocol " + flow.protocol();
    };
  }
}
