package io.packetwalk.report.packet;

import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Encapsulation;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.WireGuard;
import java.util.List;

/** The headers of the rarer tunnels, field by field. */
final class EncapsulationHeaders {
  private EncapsulationHeaders() {}

  static Header of(Encapsulation header) {
    return switch (header) {
      case AuthenticationHeader ah -> parameterIndex("ah", ah.parameterIndex());
      case Esp esp -> parameterIndex("esp", esp.parameterIndex());
      case Erspan erspan ->
          new Header(
              "erspan",
              List.of(
                  Field.of("version", erspan.version()),
                  Field.of("vlan", erspan.vlan()),
                  Field.of("session", erspan.session())));
      case Gtp gtp ->
          new Header("gtp", List.of(Field.of("tunnel", Integer.toUnsignedLong(gtp.tunnel()))));
      case Gue gue ->
          new Header(
              "gue",
              List.of(Field.of("control", gue.control()), Field.of("protocol", gue.protocol())));
      case Nsh nsh ->
          new Header(
              "nsh",
              List.of(
                  Field.of("path", nsh.path()),
                  Field.of("index", nsh.index()),
                  Field.of("ttl", nsh.ttl())));
      case Stt stt ->
          new Header("stt", List.of(Field.of("context", Long.toUnsignedString(stt.context()))));
      case WireGuard message ->
          new Header(
              "wireguard",
              List.of(
                  Field.of("message_type", message.type()),
                  Field.of("index", Integer.toUnsignedLong(message.index()))));
    };
  }

  private static Header parameterIndex(String type, int index) {
    return new Header(type, List.of(Field.of("spi", Integer.toUnsignedLong(index))));
  }

  static String words(Encapsulation header) {
    return switch (header) {
      case AuthenticationHeader ah -> "AH";
      case Esp esp -> "ESP";
      case Erspan erspan -> "ERSPAN " + erspan.session();
      case Gtp gtp -> "GTP " + Integer.toUnsignedLong(gtp.tunnel());
      case Gue gue -> "GUE";
      case Nsh nsh -> "NSH " + nsh.path();
      case Stt stt -> "STT " + Long.toUnsignedString(stt.context());
      case WireGuard message -> "WireGuard";
    };
  }
}
