package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FieldFormat;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A value of a field with its mask, as a flow writes it. */
record FieldText(Bits value, Bits mask) {
  private static final String[] CONNECTION = {
    "new", "est", "rel", "rpl", "inv", "trk", "snat", "dnat"
  };
  private static final String[] TCP = {
    "fin", "syn", "rst", "psh", "ack", "urg", "ece", "cwr", "ns"
  };
  private static final String[] TUNNEL = {"oam", "df", "csum", "key"};

  /** {@code VALUE} or {@code VALUE/MASK} in the field's own format; empty for anything else. */
  static Optional<FieldText> parse(FlowField field, String text) {
    return switch (field.format()) {
      case CONNECTION_STATE -> flags(field, text, CONNECTION);
      case TCP_FLAGS -> flags(field, text, TCP);
      case TUNNEL_FLAGS -> flags(field, text, TUNNEL);
      case FRAGMENT -> fragment(field, text);
      case DECIMAL, HEXADECIMAL, MAC, IPV4, IPV6, PORT, PACKET_TYPE -> masked(field, text);
    };
  }

  private static Optional<FieldText> masked(FlowField field, String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return value(field, text).map(value -> new FieldText(value, field.ones()));
    }
    String behind = text.substring(slash + 1);
    Optional<Bits> mask = prefix(field, behind).or(() -> value(field, behind));
    return value(field, text.substring(0, slash))
        .flatMap(value -> mask.map(bits -> new FieldText(value.and(bits), bits)));
  }

  private static Optional<Bits> prefix(FlowField field, String text) {
    boolean address = field.format() == FieldFormat.IPV4 || field.format() == FieldFormat.IPV6;
    int length = address ? Numbers.decimal(text) : -1;
    if (length < 0 || length > field.width()) {
      return Optional.empty();
    }
    return Optional.of(Bits.ones(field.width()).and(Bits.ones(field.width() - length).not()));
  }

  private static Optional<Bits> value(FlowField field, String text) {
    Optional<Bits> bits =
        switch (field.format()) {
          case MAC -> MacAddress.parse(text).map(mac -> Bits.of(mac.bits()));
          case IPV4 -> IpAddress.parse(text).filter(IpAddress::isIpv4).map(ip -> Bits.of(ip.low()));
          case IPV6 ->
              IpAddress.parse(text)
                  .filter(IpAddress::isIpv6)
                  .map(ip -> new Bits(ip.high(), ip.low()));
          case PORT -> port(text);
          case PACKET_TYPE -> packetType(text);
          case DECIMAL, HEXADECIMAL, CONNECTION_STATE, TCP_FLAGS, TUNNEL_FLAGS, FRAGMENT ->
              Numbers.bits(text);
        };
    return bits.or(() -> Numbers.bits(text)).filter(value -> fits(field, value));
  }

  private static boolean fits(FlowField field, Bits value) {
    return value.and(field.ones().not()).isZero();
  }

  /** A port by number or by its reserved name. OpenFlow 1.0 had 16 bits for it. */
  private static Optional<Bits> port(String text) {
    Integer reserved = PortId.RESERVED.get(text.toUpperCase(Locale.ROOT));
    if (reserved != null) {
      return Optional.of(Bits.of(reserved & 0xffff_ffffL));
    }
    return Numbers.bits(text)
        .map(bits ->
            bits.low() >= 0xff00 && bits.low() <= 0xffff
                ? Bits.of(0xffff_0000L | bits.low())
                : bits);
  }

  private static Optional<Bits> packetType(String text) {
    String[] parts = text.replace("(", "").replace(")", "").split(",", 3);
    if (parts.length != 2) {
      return Optional.empty();
    }
    Optional<Integer> space = Numbers.unsigned(parts[0]);
    Optional<Integer> type = Numbers.unsigned(parts[1]);
    return space.flatMap(upper -> type.map(lower -> Bits.of((long) upper << 16 | lower)));
  }

  /** {@code +a-b}: those bits only; {@code a|b}: exactly these; or numbers. */
  private static Optional<FieldText> flags(FlowField field, String text, String[] names) {
    if (!text.isEmpty() && Character.isDigit(text.charAt(0))) {
      return masked(field, text);
    }
    boolean signed = text.startsWith("+") || text.startsWith("-");
    long value = 0;
    long mask = signed ? 0 : field.ones().low();
    int index = 0;
    while (index < text.length()) {
      boolean set = text.charAt(index) != '-';
      int start = signed ? index + 1 : index;
      int end = start;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      OptionalLong bit = bit(text.substring(Math.min(start, text.length()), end), names);
      if (bit.isEmpty()) {
        return Optional.empty();
      }
      value |= set ? bit.getAsLong() : 0;
      mask |= bit.getAsLong();
      index = signed ? end : end + 1;
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new FieldText(Bits.of(value), Bits.of(mask)));
  }

  private static OptionalLong bit(String name, String[] names) {
    for (int index = 0; index < names.length; index++) {
      if (names[index].equals(name)) {
        return OptionalLong.of(1L << index);
      }
    }
    return OptionalLong.empty();
  }

  private static Optional<FieldText> fragment(FlowField field, String text) {
    return switch (text) {
      case "no" -> bits(0, 3);
      case "yes" -> bits(1, 1);
      case "first" -> bits(1, 3);
      case "later" -> bits(3, 3);
      case "not_later" -> bits(0, 2);
      default -> masked(field, text);
    };
  }

  private static Optional<FieldText> bits(long value, long mask) {
    return Optional.of(new FieldText(Bits.of(value), Bits.of(mask)));
  }
}
