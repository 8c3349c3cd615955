package io.packetwalk.report.json;

import io.packetwalk.report.Asked;
import io.packetwalk.walk.Origin;
import io.packetwalk.walk.Probe;
import io.packetwalk.walk.Question;
import tools.jackson.core.JsonGenerator;

/** A question as JSON: as it was asked, and what it was taken to mean. */
final class QuestionJson {
  private QuestionJson() {}

  static void write(Question question, Asked asked, JsonGenerator json) {
    json.writeObjectPropertyStart("question");
    json.writeStringProperty("from", asked.from());
    json.writeStringProperty("to", asked.to());
    write(question.probe(), json);
    json.writeNumberProperty("size", question.probe().size());
    json.writeNumberProperty("ttl", question.hopLimit());
    write(question.from(), json);
    question
        .source()
        .ifPresentOrElse(
            source -> json.writeStringProperty("source", source.toString()),
            () -> json.writeNullProperty("source"));
    question.device().ifPresent(device -> json.writeStringProperty("device", device));
    json.writeStringProperty("destination", question.to().toString());
    json.writeEndObject();
  }

  private static void write(Probe probe, JsonGenerator json) {
    switch (probe) {
      case Probe.TcpSyn tcp -> ports("tcp", tcp.sourcePort(), tcp.destinationPort(), json);
      case Probe.UdpDatagram udp -> ports("udp", udp.sourcePort(), udp.destinationPort(), json);
      case Probe.SctpInit sctp -> ports("sctp", sctp.sourcePort(), sctp.destinationPort(), json);
      case Probe.IcmpMessage icmp -> {
        json.writeStringProperty("proto", "icmp");
        json.writeNumberProperty("icmp_type", icmp.type());
        json.writeNumberProperty("icmp_code", icmp.code());
        json.writeNumberProperty("sport", icmp.identifier());
      }
    }
  }

  private static void ports(
      String protocol, int sourcePort, int destinationPort, JsonGenerator json) {
    json.writeStringProperty("proto", protocol);
    json.writeNumberProperty("sport", sourcePort);
    json.writeNumberProperty("dport", destinationPort);
  }

  private static void write(Origin origin, JsonGenerator json) {
    switch (origin) {
      case Origin.Inside inside -> {
        json.writeStringProperty("node", inside.namespace().node());
        json.writeStringProperty("namespace", inside.namespace().name());
      }
      case Origin.Outside outside -> {
        json.writeNullProperty("node");
        json.writeNullProperty("namespace");
      }
    }
  }
}
