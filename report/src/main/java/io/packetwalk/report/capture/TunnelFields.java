package io.packetwalk.report.capture;

import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.WireGuard;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of headers that carry another packet. */
final class TunnelFields {
  private static final long UNSIGNED = 0xffff_ffffL;

  private TunnelFields() {}

  static Map<String, Object> of(Encapsulation encapsulation) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (encapsulation) {
      case AuthenticationHeader header -> {
        fields.put("type", "ah");
        fields.put("spi", header.parameterIndex() & UNSIGNED);
        fields.put("sequence", header.sequence() & UNSIGNED);
        fields.put("next_header", header.nextHeader());
      }
      case Esp esp -> {
        fields.put("type", "esp");
        fields.put("spi", esp.parameterIndex() & UNSIGNED);
        fields.put("sequence", esp.sequence() & UNSIGNED);
      }
      case Erspan erspan -> {
        fields.put("type", "erspan");
        fields.put("version", erspan.version());
        fields.put("vlan", erspan.vlan());
        fields.put("session", erspan.session());
        fields.put("truncated", erspan.truncated());
      }
      case Gtp gtp -> {
        fields.put("type", "gtp");
        fields.put("message_type", gtp.messageType());
        fields.put("tunnel", gtp.tunnel() & UNSIGNED);
      }
      case Gue gue -> {
        fields.put("type", "gue");
        fields.put("control", gue.control());
        fields.put("protocol", gue.protocol());
      }
      case Nsh nsh -> {
        fields.put("type", "nsh");
        fields.put("path", nsh.path());
        fields.put("index", nsh.index());
        fields.put("next_protocol", nsh.nextProtocol());
      }
      case Stt stt -> {
        fields.put("type", "stt");
        fields.put("context", Long.toUnsignedString(stt.context()));
        fields.put("segment_size", stt.segmentSize());
        fields.put("vlan_tag", stt.tag());
      }
      case WireGuard wireGuard -> {
        fields.put("type", "wireguard");
        fields.put("message_type", wireGuard.type());
        fields.put("index", wireGuard.index() & UNSIGNED);
        wireGuard
            .counter()
            .ifPresent(counter -> fields.put("counter", Long.toUnsignedString(counter)));
      }
    }
    return fields;
  }
}
