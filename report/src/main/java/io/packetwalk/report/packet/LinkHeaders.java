package io.packetwalk.report.packet;

import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.NetfilterLog;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;
import java.util.List;

/** The headers below the Internet Protocol other than Ethernet's, field by field. */
final class LinkHeaders {
  private LinkHeaders() {}

  static Header of(LinkHeader header) {
    return switch (header) {
      case Llc llc ->
          new Header(
              "llc",
              List.of(
                  Field.of("source_point", llc.sourcePoint()),
                  Field.of("destination_point", llc.destinationPoint()),
                  Field.of("control", llc.control())));
      case LinuxCooked cooked ->
          new Header(
              "linux_cooked",
              List.of(
                  Field.of("packet_type", cooked.packetType()),
                  Field.of("protocol_type", cooked.protocol())));
      case LinuxCooked2 cooked ->
          new Header(
              "linux_cooked_2",
              List.of(
                  Field.of("packet_type", cooked.packetType()),
                  Field.of("interface_index", cooked.interfaceIndex()),
                  Field.of("protocol_type", cooked.protocol())));
      case Loopback loopback ->
          new Header("loopback", List.of(Field.of("family", loopback.family())));
      case NetfilterLog log ->
          new Header(
              "nflog", List.of(Field.of("family", log.family()), Field.of("group", log.group())));
      case Ppp ppp -> new Header("ppp", List.of(Field.of("protocol_type", ppp.protocol())));
      case Pppoe pppoe -> new Header("pppoe", List.of(Field.of("session", pppoe.session())));
    };
  }

  static String words(LinkHeader header) {
    return switch (header) {
      case Llc llc -> "LLC";
      case LinuxCooked cooked -> "Linux cooked";
      case LinuxCooked2 cooked -> "Linux cooked";
      case Loopback loopback -> "loopback";
      case NetfilterLog log -> "NFLOG group " + log.group();
      case Ppp ppp -> "PPP";
      case Pppoe pppoe -> "PPPoE " + pppoe.session();
    };
  }
}
