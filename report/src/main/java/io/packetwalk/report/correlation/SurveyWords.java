package io.packetwalk.report.correlation;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.survey.PathUse;
import io.packetwalk.report.Names;
import io.packetwalk.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** What the taps, flows and ways of a survey are called. */
final class SurveyWords {
  private final Names names;
  private final Taps taps;

  SurveyWords(Names names, Taps taps) {
    this.names = names;
    this.taps = taps;
  }

  /** The devices on a way, each node's behind its name. */
  String way(PathUse path) {
    StringBuilder text = new StringBuilder();
    String before = "";
    for (int number : path.taps()) {
      Tap tap = taps.tap(number);
      String place = place(tap);
      if (place.equals(before)) {
        text.append(", ");
      } else {
        text.append(text.isEmpty() ? "" : " → ").append(place).append(' ');
      }
      text.append(tap.device());
      before = place;
    }
    return text.toString();
  }

  /** The nodes on a way. */
  String nodes(PathUse path) {
    List<String> nodes = new ArrayList<>();
    for (int number : path.taps()) {
      String node = taps.tap(number).place().node();
      if (nodes.isEmpty() || !nodes.getLast().equals(node)) {
        nodes.add(node);
      }
    }
    return String.join(" → ", nodes);
  }

  String name(int tap) {
    return place(taps.tap(tap)) + " " + taps.tap(tap).device();
  }

  private String place(Tap at) {
    return at.place().isHost()
        ? at.place().node()
        : names.podOf(at.place()).orElse(at.place().node() + ":" + at.place().name());
  }

  /** Who talks to whom, without the port that was asked from. */
  String ends(Flow flow) {
    boolean answer = flow.sourcePort() < flow.destinationPort() && flow.destinationPort() >= 32768;
    return answer ? text(flow, flow.sourcePort(), 0) : text(flow, 0, flow.destinationPort());
  }

  String flow(Flow flow) {
    return text(flow, flow.sourcePort(), flow.destinationPort());
  }

  private String text(Flow flow, int from, int to) {
    boolean ping = flow.protocol() == 1 || flow.protocol() == 58;
    String ports = ping || from == 0 ? "" : ":" + from;
    String end = ping || to == 0 ? "" : ":" + to;
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
