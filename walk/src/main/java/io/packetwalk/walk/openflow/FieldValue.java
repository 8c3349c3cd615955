package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;

/** A field's value as flows write it. */
public final class FieldValue {
  private FieldValue() {}

  /** In the field's own format: an address as an address, a register in hexadecimal. */
  public static String text(FlowField field, Bits value) {
    return switch (field.format()) {
      case DECIMAL, PORT -> Long.toUnsignedString(value.low());
      case MAC -> new MacAddress(value.low()).toString();
      case IPV4 -> IpAddress.ofIpv4((int) value.low()).toString();
      case IPV6 -> IpAddress.ofIpv6(value.high(), value.low()).toString();
      case HEXADECIMAL, CONNECTION_STATE, TCP_FLAGS, FRAGMENT, TUNNEL_FLAGS, PACKET_TYPE ->
          value.toString();
    };
  }
}
