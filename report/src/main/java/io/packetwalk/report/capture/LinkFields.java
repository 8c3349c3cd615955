package io.packetwalk.report.capture;

import io.packetwalk.wire.layer.LinkHeader;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.NetfilterLog;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of headers of the link that aren't Ethernet's. */
final class LinkFields {
  private LinkFields() {}

  static Map<String, Object> of(LinkHeader header) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (header) {
      case Llc llc -> {
        fields.put("type", "llc");
        fields.put("destination_point", llc.destinationPoint());
        fields.put("source_point", llc.sourcePoint());
        fields.put("control", llc.control());
        llc.organization().ifPresent(value -> fields.put("organization", value));
        llc.type().ifPresent(value -> fields.put("protocol_type", value));
      }
      case LinuxCooked cooked -> {
        fields.put("type", "linux_cooked");
        fields.put("packet_type", packetType(cooked.packetType()));
        fields.put("device_type", cooked.deviceType());
        fields.put("address", address(cooked.addressLength(), cooked.address().toHex()));
        fields.put("protocol_type", cooked.protocol());
      }
      case LinuxCooked2 cooked -> {
        fields.put("type", "linux_cooked_2");
        fields.put("packet_type", packetType(cooked.packetType()));
        fields.put("interface_index", cooked.interfaceIndex());
        fields.put("device_type", cooked.deviceType());
        fields.put("address", address(cooked.addressLength(), cooked.address().toHex()));
        fields.put("protocol_type", cooked.protocol());
      }
      case Loopback loopback -> {
        fields.put("type", "loopback");
        fields.put("family", loopback.family());
      }
      case NetfilterLog log -> {
        fields.put("type", "nflog");
        fields.put("family", log.family());
        fields.put("group", log.group());
      }
      case Ppp ppp -> {
        fields.put("type", "ppp");
        fields.put("protocol_type", ppp.protocol());
      }
      case Pppoe pppoe -> {
        fields.put("type", "pppoe");
        fields.put("code", pppoe.code());
        fields.put("session", pppoe.session());
      }
    }
    return fields;
  }

  static String packetType(int number) {
    return switch (number) {
      case 0 -> "to us";
      case 1 -> "broadcast";
      case 2 -> "multicast";
      case 3 -> "to another host";
      case 4 -> "sent by us";
      default -> "type " + number;
    };
  }

  static String address(int length, String hex) {
    return hex.substring(0, 2 * Math.clamp(length, 0, 8)).replaceAll("..(?=.)", "$0:");
  }
}
