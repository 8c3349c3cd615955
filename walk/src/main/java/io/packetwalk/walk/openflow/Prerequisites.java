package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.Prerequisite;
import io.packetwalk.wire.layer.EtherType;
import io.packetwalk.wire.layer.Icmpv6;

/**
 * Whether a packet has a field: Open vSwitch skips setting one that it hasn't (Open vSwitch, {@code
 * mf_are_prereqs_ok}).
 */
final class Prerequisites {
  private static final int LATER_FRAGMENT = 2;

  private Prerequisites() {}

  static boolean hold(long[] words, FlowField field) {
    return hold(words, field.prerequisite());
  }

  private static boolean hold(long[] words, Prerequisite prerequisite) {
    int type = small(words, FlowFields.ETH_TYPE);
    return switch (prerequisite) {
      case NONE, ETHERNET -> true;
      case VLAN -> (small(words, FlowFields.VLAN_TCI) & PacketFields.VLAN_PRESENT) != 0;
      case ARP -> type == EtherType.ARP || type == 0x8035;
      case MPLS -> isMpls(words);
      case IPV4 -> type == EtherType.IPV4;
      case IPV6 -> type == EtherType.IPV6;
      case IP -> isIp(words);
      case TCP -> transport(words, 6);
      case UDP -> transport(words, 17);
      case SCTP -> transport(words, 132);
      case ICMP -> type == EtherType.IPV4 && small(words, FlowFields.NW_PROTO) == 1;
      case ICMPV6 -> type == EtherType.IPV6 && small(words, FlowFields.NW_PROTO) == 58;
      case NEIGHBOUR_DISCOVERY ->
          neighbour(words, Icmpv6.NEIGHBOUR_SOLICITATION)
              || neighbour(words, Icmpv6.NEIGHBOUR_ADVERTISEMENT);
      case NEIGHBOUR_SOLICITATION -> neighbour(words, Icmpv6.NEIGHBOUR_SOLICITATION);
      case NEIGHBOUR_ADVERTISEMENT -> neighbour(words, Icmpv6.NEIGHBOUR_ADVERTISEMENT);
      case NSH -> type == 0x894f;
    };
  }

  static boolean isIp(long[] words) {
    int type = small(words, FlowFields.ETH_TYPE);
    return type == EtherType.IPV4 || type == EtherType.IPV6;
  }

  static boolean isMpls(long[] words) {
    int type = small(words, FlowFields.ETH_TYPE);
    return type == 0x8847 || type == 0x8848;
  }

  /** Whether the packet has ports: TCP, UDP or SCTP, and not a later fragment. */
  static boolean hasPorts(long[] words) {
    return transport(words, 6) || transport(words, 17) || transport(words, 132);
  }

  private static boolean transport(long[] words, int protocol) {
    return isIp(words)
        && small(words, FlowFields.NW_PROTO) == protocol
        && (small(words, FlowFields.NW_FRAG) & LATER_FRAGMENT) == 0;
  }

  private static boolean neighbour(long[] words, int type) {
    return hold(words, Prerequisite.ICMPV6)
        && small(words, FlowFields.TP_SRC) == type
        && small(words, FlowFields.TP_DST) == 0;
  }

  private static int small(long[] words, FlowField field) {
    return (int) Vector.read(words, field).low();
  }
}
