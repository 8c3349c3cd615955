package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SwitchPort;
import io.packetwalk.model.openflow.TunnelOption;
import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.GeneveOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The fields of a tunnel's headers, in the vector and as metadata. */
final class TunnelFields {
  private static final int CRITICAL = 0x80;
  private static final int CHECKSUM = 1 << 2;
  private static final int DONT_FRAGMENT = 1 << 1;

  private TunnelFields() {}

  /** What a packet from a tunnel port begins with. */
  static void arriving(Pass pass, TunnelMetadata tunnel) {
    pass.set(FlowFields.TUN_ID, tunnel.id());
    pass.set(FlowFields.TUN_FLAGS, tunnel.flags());
    pass.set(FlowFields.TUN_GBP_ID, tunnel.groupPolicy());
    pass.set(FlowFields.TUN_TOS, tunnel.typeOfService());
    pass.set(FlowFields.TUN_TTL, tunnel.ttl());
    tunnel.source().ifPresent(address -> address(pass, address, true));
    tunnel.destination().ifPresent(address -> address(pass, address, false));
    for (TunnelOption option : options(pass)) {
      tunnel.options().stream()
          .filter(given -> isSame(option, given))
          .findFirst()
          .ifPresent(
              given -> pass.set(FlowFields.tunnelMetadata(option.index()), bits(given.value())));
    }
  }

  /** The first option with a value that a tunnel's header would have and nobody shows which. */
  static OptionalInt unmapped(Pass pass) {
    long present = pass.value(FlowFields.TUNNEL_METADATA_PRESENT).low();
    for (int index = 0; index < FlowFields.TUNNEL_METADATA; index++) {
      boolean valued =
          (present >>> index & 1) != 0 && !pass.value(FlowFields.tunnelMetadata(index)).isZero();
      int wanted = index;
      if (valued && options(pass).stream().noneMatch(option -> option.index() == wanted)) {
        return OptionalInt.of(index);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether a packet came with options, and nobody shows which fields they are. */
  static boolean isUnreadable(Pass pass, TunnelMetadata tunnel) {
    return !tunnel.options().isEmpty() && pass.tables.bridge().options().isUnknown();
  }

  private static List<TunnelOption> options(Pass pass) {
    return pass.tables.bridge().options().stream()
        .filter(option -> option.index() < FlowFields.TUNNEL_METADATA && option.length() <= 16)
        .toList();
  }

  private static boolean isSame(TunnelOption option, GeneveOption given) {
    return option.optionClass() == given.optionClass() && option.type() == given.typeByte();
  }

  private static Bits bits(Bytes value) {
    Bits bits = Bits.ZERO;
    for (int index = 0; index < value.length(); index++) {
      bits = bits.shiftedLeft(8).or(Bits.of(value.at(index)));
    }
    return bits;
  }

  private static void address(Pass pass, IpAddress address, boolean source) {
    if (address.isIpv4()) {
      pass.set(source ? FlowFields.TUN_SRC : FlowFields.TUN_DST, address.low());
    } else {
      pass.set(
          source ? FlowFields.TUN_IPV6_SRC : FlowFields.TUN_IPV6_DST,
          new Bits(address.high(), address.low()));
    }
  }

  /** What a packet has that came by a patch port. */
  static void clear(Pass pass) {
    pass.set(FlowFields.TUN_ID, 0);
    pass.set(FlowFields.TUN_SRC, 0);
    pass.set(FlowFields.TUN_DST, 0);
    pass.set(FlowFields.TUN_IPV6_SRC, Bits.ZERO);
    pass.set(FlowFields.TUN_IPV6_DST, Bits.ZERO);
    pass.set(FlowFields.TUN_FLAGS, 0);
    pass.set(FlowFields.TUN_GBP_ID, 0);
    pass.set(FlowFields.TUN_GBP_FLAGS, 0);
    pass.set(FlowFields.TUN_TOS, 0);
    pass.set(FlowFields.TUN_TTL, 0);
    for (int index = 0; index < FlowFields.TUNNEL_METADATA; index++) {
      pass.delete(FlowFields.tunnelMetadata(index));
    }
  }

  /** What a tunnel port makes its headers of: its own options before the flow's fields. */
  static TunnelMetadata leaving(Pass pass, Optional<SwitchPort> port) {
    Map<String, String> own = port.map(SwitchPort::options).orElse(Map.of());
    Optional<IpAddress> destination =
        configured(own, "remote_ip")
            .or(() -> address(pass, FlowFields.TUN_DST, FlowFields.TUN_IPV6_DST));
    Optional<IpAddress> source =
        configured(own, "local_ip")
            .or(() -> address(pass, FlowFields.TUN_SRC, FlowFields.TUN_IPV6_SRC));
    OptionalLong key = number(own.getOrDefault("out_key", own.getOrDefault("key", "")));
    long id = key.isPresent() ? key.getAsLong() : pass.value(FlowFields.TUN_ID).low();
    int flags =
        pass.number(FlowFields.TUN_FLAGS)
            | (isTrue(own, "csum", false) ? CHECKSUM : 0)
            | (isTrue(own, "df_default", true) ? DONT_FRAGMENT : 0)
            | (own.containsKey("key") || own.containsKey("out_key") || id != 0
                ? TunnelMetadata.KEY
                : 0);
    return new TunnelMetadata(
        id,
        source,
        destination,
        flags,
        pass.number(FlowFields.TUN_GBP_ID),
        pass.number(FlowFields.TUN_TOS),
        pass.number(FlowFields.TUN_TTL),
        geneve(pass));
  }

  private static boolean isTrue(Map<String, String> own, String key, boolean otherwise) {
    String value = own.get(key);
    return value == null ? otherwise : value.equals("true");
  }

  private static Optional<IpAddress> configured(Map<String, String> own, String key) {
    return Optional.ofNullable(own.get(key)).flatMap(IpAddress::parse);
  }

  private static Optional<IpAddress> address(
      Pass pass,
      io.packetwalk.model.openflow.FlowField ipv4,
      io.packetwalk.model.openflow.FlowField ipv6) {
    Bits wide = pass.value(ipv6);
    if (!wide.isZero()) {
      return Optional.of(IpAddress.ofIpv6(wide.high(), wide.low()));
    }
    int narrow = pass.number(ipv4);
    return narrow == 0 ? Optional.empty() : Optional.of(IpAddress.ofIpv4(narrow));
  }

  private static OptionalLong number(String text) {
    boolean digits =
        !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(Character::isDigit);
    return digits ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }

  private static List<GeneveOption> geneve(Pass pass) {
    List<GeneveOption> given = new ArrayList<>();
    for (TunnelOption option : options(pass)) {
      Bits value = pass.value(FlowFields.tunnelMetadata(option.index()));
      boolean there = pass.number(FlowFields.tunnelMetadataPresent(option.index())) != 0;
      if (there) {
        given.add(
            new GeneveOption(
                option.optionClass(),
                (option.type() & CRITICAL) != 0,
                option.type() & ~CRITICAL,
                bytes(value, option.length())));
      }
    }
    return given;
  }

  private static Bytes bytes(Bits value, int length) {
    byte[] bytes = new byte[length];
    for (int index = 0; index < length; index++) {
      bytes[index] = (byte) value.shiftedRight(8 * (length - 1 - index)).low();
    }
    return Bytes.of(bytes);
  }
}
