package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FieldFormat;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.FlowMatch.AtPort;
import io.packetwalk.model.openflow.FlowMatch.Condition;
import io.packetwalk.model.openflow.FlowMatch.Masked;
import io.packetwalk.model.openflow.FlowMatch.Unknown;
import java.util.List;
import java.util.Optional;

/** The conditions of a flow's match, one word at a time. */
final class MatchText {
  private static final int VLAN_PRESENT = 0x1000;
  private static final String OPTION = "tun_metadata";

  private MatchText() {}

  /** A word without a value: a protocol. Whether it was one. */
  static boolean protocol(String word, List<Condition> conditions) {
    return switch (word) {
      case "ip" -> ether(conditions, 0x0800);
      case "ipv6" -> ether(conditions, 0x86dd);
      case "arp" -> ether(conditions, 0x0806);
      case "rarp" -> ether(conditions, 0x8035);
      case "mpls" -> ether(conditions, 0x8847);
      case "mplsm" -> ether(conditions, 0x8848);
      case "icmp" -> protocol(conditions, 0x0800, 1);
      case "igmp" -> protocol(conditions, 0x0800, 2);
      case "tcp" -> protocol(conditions, 0x0800, 6);
      case "udp" -> protocol(conditions, 0x0800, 17);
      case "sctp" -> protocol(conditions, 0x0800, 132);
      case "icmp6" -> protocol(conditions, 0x86dd, 58);
      case "tcp6" -> protocol(conditions, 0x86dd, 6);
      case "udp6" -> protocol(conditions, 0x86dd, 17);
      case "sctp6" -> protocol(conditions, 0x86dd, 132);
      case "eth" -> true;
      default -> option(word, conditions);
    };
  }

  /** A tunnel's option by its name alone: it is there. */
  private static boolean option(String word, List<Condition> conditions) {
    int index = word.startsWith(OPTION) ? Numbers.decimal(word.substring(OPTION.length())) : -1;
    if (index < 0 || index >= FlowFields.TUNNEL_METADATA) {
      return false;
    }
    conditions.add(Masked.exact(FlowFields.tunnelMetadataPresent(index), Bits.of(1)));
    return true;
  }

  private static boolean ether(List<Condition> conditions, int type) {
    conditions.add(Masked.exact(FlowFields.ETH_TYPE, Bits.of(type)));
    return true;
  }

  private static boolean protocol(List<Condition> conditions, int type, int protocol) {
    ether(conditions, type);
    conditions.add(Masked.exact(FlowFields.NW_PROTO, Bits.of(protocol)));
    return true;
  }

  /** The condition that a field with a value makes; unknown when it can't be read. */
  static Condition condition(String name, String value) {
    return switch (name) {
      case "dl_vlan" -> vlan(name, value);
      case "dl_vlan_pcp" -> priority(name, value);
      case "nw_tos" -> masked(FlowFields.NW_TOS_BYTE, name, value, Bits.of(0xfc));
      default -> field(name, value);
    };
  }

  private static Condition field(String name, String value) {
    Optional<FlowField> field = FieldNames.field(name).or(() -> FieldNames.beheaded(name));
    if (field.isEmpty()) {
      return new Unknown(name + "=" + value);
    }
    Optional<FieldText> text = FieldText.parse(field.get(), value);
    if (text.isPresent()) {
      return new Masked(field.get(), text.get().value(), text.get().mask());
    }
    boolean port = field.get().format() == FieldFormat.PORT && !value.isEmpty();
    return port ? new AtPort(field.get(), value) : new Unknown(name + "=" + value);
  }

  /** OpenFlow 1.0's: 0xffff is no VLAN at all, any other number one with the tag present. */
  private static Condition vlan(String name, String value) {
    Optional<Integer> number = Numbers.unsigned(value);
    if (number.isEmpty() || number.get() < 0 || number.get() > 0xffff) {
      return new Unknown(name + "=" + value);
    }
    return number.get() == 0xffff
        ? Masked.exact(FlowFields.VLAN_TCI, Bits.ZERO)
        : new Masked(
            FlowFields.VLAN_TCI,
            Bits.of(VLAN_PRESENT | (number.get() & 0xfff)),
            Bits.of(VLAN_PRESENT | 0xfff));
  }

  private static Condition priority(String name, String value) {
    int number = Numbers.decimal(value);
    return number < 0 || number > 7
        ? new Unknown(name + "=" + value)
        : new Masked(
            FlowFields.VLAN_TCI,
            Bits.of(VLAN_PRESENT | number << 13),
            Bits.of(VLAN_PRESENT | 7 << 13));
  }

  private static Condition masked(FlowField field, String name, String value, Bits mask) {
    return FieldText.parse(field, value)
        .<Condition>map(text -> new Masked(field, text.value(), text.mask().and(mask)))
        .orElse(new Unknown(name + "=" + value));
  }
}
