package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SubField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every name of a field: the short ones, those of Nicira's extensible match and of OpenFlow's (Open
 * vSwitch, {@code meta-flow.h}; ovs-fields(7)).
 */
final class FieldNames {
  /** OpenFlow 1.0's ports have 16 bits; the lower ones of later versions' are the same. */
  private static final String OLD_PORT = "nxm_of_in_port";

  private static final Map<String, FlowField> FIELDS = collect();

  private FieldNames() {}

  static Optional<FlowField> field(String name) {
    return Optional.ofNullable(FIELDS.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The only field whose name this is without its first letter: what a hurried copy from a terminal
   * makes of {@code nw_dst}. No field is called like another one without its first letter.
   */
  static Optional<FlowField> beheaded(String name) {
    if (name.length() < 4) {
      return Optional.empty();
    }
    List<FlowField> whole =
        FIELDS.entrySet().stream()
            .filter(entry -> entry.getKey().length() == name.length() + 1)
            .filter(entry -> entry.getKey().endsWith(name))
            .map(Map.Entry::getValue)
            .distinct()
            .toList();
    return whole.size() == 1 ? Optional.of(whole.getFirst()) : Optional.empty();
  }

  /** {@code NXM_NX_REG0[0..15]}, {@code reg0[3]}, {@code reg0[]} or {@code reg0}. */
  static Optional<SubField> part(String text) {
    int open = text.indexOf('[');
    if (open < 0) {
      return field(text).map(SubField::whole);
    }
    if (!text.endsWith("]")) {
      return Optional.empty();
    }
    String range = text.substring(open + 1, text.length() - 1);
    if (range.isEmpty() && text.substring(0, open).equalsIgnoreCase(OLD_PORT)) {
      return Optional.of(new SubField(FlowFields.IN_PORT, 0, 16));
    }
    return field(text.substring(0, open)).flatMap(field -> part(field, range));
  }

  private static Optional<SubField> part(FlowField field, String range) {
    if (range.isEmpty()) {
      // The bit above the identifier, which says that there is a tag, is no part of it here.
      boolean tag = field.equals(FlowFields.VLAN_VID);
      return Optional.of(tag ? new SubField(field, 0, 12) : SubField.whole(field));
    }
    int dots = range.indexOf("..");
    int first = Numbers.decimal(dots < 0 ? range : range.substring(0, dots));
    int last = dots < 0 ? first : Numbers.decimal(range.substring(dots + 2));
    boolean valid = first >= 0 && last >= first && last < field.width();
    return valid ? Optional.of(new SubField(field, first, last - first + 1)) : Optional.empty();
  }

  private static Map<String, FlowField> collect() {
    Map<String, FlowField> names = new LinkedHashMap<>();
    metadata(names);
    tunnel(names);
    link(names);
    network(names);
    transport(names);
    return names;
  }

  private static void add(Map<String, FlowField> names, FlowField field, String... more) {
    names.put(field.name(), field);
    for (String name : more) {
      names.put(name, field);
    }
  }

  private static void metadata(Map<String, FlowField> names) {
    for (int index = 0; index < FlowFields.REGISTERS; index++) {
      add(names, FlowFields.register(index), "nxm_nx_reg" + index);
    }
    for (int index = 0; index < FlowFields.REGISTERS / 2; index++) {
      add(names, FlowFields.doubleRegister(index), "oxm_of_pkt_reg" + index);
    }
    for (int index = 0; index < FlowFields.REGISTERS / 4; index++) {
      add(names, FlowFields.quadRegister(index), "nxm_nx_xxreg" + index);
    }
    add(names, FlowFields.METADATA, "oxm_of_metadata");
    add(names, FlowFields.IN_PORT, "nxm_of_in_port", "oxm_of_in_port", "in_port_oxm");
    add(names, FlowFields.PACKET_MARK, "nxm_nx_pkt_mark");
    add(names, FlowFields.CT_STATE, "nxm_nx_ct_state");
    add(names, FlowFields.CT_MARK, "nxm_nx_ct_mark");
    add(names, FlowFields.CT_LABEL, "nxm_nx_ct_label");
    add(names, FlowFields.CT_ZONE, "nxm_nx_ct_zone");
    add(names, FlowFields.CT_NW_SRC, "nxm_nx_ct_nw_src");
    add(names, FlowFields.CT_NW_DST, "nxm_nx_ct_nw_dst");
    add(names, FlowFields.CT_IPV6_SRC, "nxm_nx_ct_ipv6_src");
    add(names, FlowFields.CT_IPV6_DST, "nxm_nx_ct_ipv6_dst");
    add(names, FlowFields.CT_NW_PROTO, "nxm_nx_ct_nw_proto");
    add(names, FlowFields.CT_TP_SRC, "nxm_nx_ct_tp_src");
    add(names, FlowFields.CT_TP_DST, "nxm_nx_ct_tp_dst");
    add(names, FlowFields.CONJUNCTION, "nxm_nx_conj_id");
    add(names, FlowFields.DP_HASH, "nxm_nx_dp_hash");
    add(names, FlowFields.RECIRC_ID, "nxm_nx_recirc_id");
    add(names, FlowFields.ACTION_SET_OUTPUT, "onfoxm_et_actset_output", "oxm_of_actset_output");
    add(names, FlowFields.PACKET_TYPE_FIELD, "oxm_of_packet_type");
  }

  private static void tunnel(Map<String, FlowField> names) {
    add(names, FlowFields.TUN_ID, "tunnel_id", "nxm_nx_tun_id", "oxm_of_tunnel_id");
    add(names, FlowFields.TUN_SRC, "nxm_nx_tun_ipv4_src");
    add(names, FlowFields.TUN_DST, "nxm_nx_tun_ipv4_dst");
    add(names, FlowFields.TUN_IPV6_SRC, "nxm_nx_tun_ipv6_src");
    add(names, FlowFields.TUN_IPV6_DST, "nxm_nx_tun_ipv6_dst");
    add(names, FlowFields.TUN_FLAGS, "nxm_nx_tun_flags");
    add(names, FlowFields.TUN_GBP_ID, "nxm_nx_tun_gbp_id");
    add(names, FlowFields.TUN_GBP_FLAGS, "nxm_nx_tun_gbp_flags");
    add(names, FlowFields.TUN_TOS);
    add(names, FlowFields.TUN_TTL);
    add(names, FlowFields.TUN_ERSPAN_IDX, "nxoxm_et_erspan_idx");
    add(names, FlowFields.TUN_ERSPAN_VER, "nxoxm_et_erspan_ver");
    add(names, FlowFields.TUN_ERSPAN_DIR, "nxoxm_et_erspan_dir");
    add(names, FlowFields.TUN_ERSPAN_HWID, "nxoxm_et_erspan_hwid");
    add(names, FlowFields.TUN_GTPU_FLAGS, "gtpu_flags", "nxoxm_et_gtpu_flags");
    add(names, FlowFields.TUN_GTPU_MSGTYPE, "gtpu_msgtype", "nxoxm_et_gtpu_msgtype");
    for (int index = 0; index < FlowFields.TUNNEL_METADATA; index++) {
      add(names, FlowFields.tunnelMetadata(index), "nxm_nx_tun_metadata" + index);
    }
  }

  private static void link(Map<String, FlowField> names) {
    add(names, FlowFields.ETH_SRC, "dl_src", "nxm_of_eth_src", "oxm_of_eth_src");
    add(names, FlowFields.ETH_DST, "dl_dst", "nxm_of_eth_dst", "oxm_of_eth_dst");
    add(names, FlowFields.ETH_TYPE, "dl_type", "nxm_of_eth_type", "oxm_of_eth_type");
    add(names, FlowFields.VLAN_TCI, "nxm_of_vlan_tci");
    add(names, FlowFields.VLAN_VID, "oxm_of_vlan_vid");
    add(names, FlowFields.VLAN_PCP, "oxm_of_vlan_pcp");
    add(names, FlowFields.DL_VLAN);
    add(names, FlowFields.DL_VLAN_PCP);
    add(names, FlowFields.MPLS_LABEL, "oxm_of_mpls_label");
    add(names, FlowFields.MPLS_TC, "oxm_of_mpls_tc");
    add(names, FlowFields.MPLS_BOS, "oxm_of_mpls_bos");
    add(names, FlowFields.MPLS_TTL, "nxm_nx_mpls_ttl");
  }

  private static void network(Map<String, FlowField> names) {
    add(names, FlowFields.NW_SRC, "ip_src", "nxm_of_ip_src", "oxm_of_ipv4_src");
    add(names, FlowFields.NW_DST, "ip_dst", "nxm_of_ip_dst", "oxm_of_ipv4_dst");
    add(names, FlowFields.IPV6_SRC, "nxm_nx_ipv6_src", "oxm_of_ipv6_src");
    add(names, FlowFields.IPV6_DST, "nxm_nx_ipv6_dst", "oxm_of_ipv6_dst");
    add(names, FlowFields.IPV6_LABEL, "nxm_nx_ipv6_label", "oxm_of_ipv6_flabel");
    add(names, FlowFields.NW_PROTO, "ip_proto", "nxm_of_ip_proto", "oxm_of_ip_proto");
    add(names, FlowFields.NW_TOS_BYTE, "nw_tos", "nxm_of_ip_tos");
    add(names, FlowFields.IP_DSCP, "oxm_of_ip_dscp", "nw_tos_shifted");
    add(names, FlowFields.NW_ECN, "ip_ecn", "nxm_nx_ip_ecn", "oxm_of_ip_ecn");
    add(names, FlowFields.NW_TTL, "nxm_nx_ip_ttl", "ip_ttl");
    add(names, FlowFields.NW_FRAG, "nw_frag", "nxm_nx_ip_frag");
    add(names, FlowFields.ARP_OP, "nxm_of_arp_op", "oxm_of_arp_op");
    add(names, FlowFields.ARP_SPA, "nxm_of_arp_spa", "oxm_of_arp_spa");
    add(names, FlowFields.ARP_TPA, "nxm_of_arp_tpa", "oxm_of_arp_tpa");
    add(names, FlowFields.ARP_SHA, "nxm_nx_arp_sha", "oxm_of_arp_sha");
    add(names, FlowFields.ARP_THA, "nxm_nx_arp_tha", "oxm_of_arp_tha");
    add(names, FlowFields.ND_TARGET, "nxm_nx_nd_target", "oxm_of_ipv6_nd_target");
    add(names, FlowFields.ND_SLL, "nxm_nx_nd_sll", "oxm_of_ipv6_nd_sll");
    add(names, FlowFields.ND_TLL, "nxm_nx_nd_tll", "oxm_of_ipv6_nd_tll");
    add(names, FlowFields.ND_RESERVED, "ericoxm_of_icmpv6_nd_reserved");
    add(names, FlowFields.ND_OPTIONS_TYPE, "ericoxm_of_icmpv6_nd_options_type");
    add(names, FlowFields.NSH_FLAGS);
    add(names, FlowFields.NSH_TTL);
    add(names, FlowFields.NSH_MDTYPE);
    add(names, FlowFields.NSH_NP);
    add(names, FlowFields.NSH_SPI, "nsp");
    add(names, FlowFields.NSH_SI, "nsi");
    add(names, FlowFields.NSH_C1);
    add(names, FlowFields.NSH_C2);
    add(names, FlowFields.NSH_C3);
    add(names, FlowFields.NSH_C4);
  }

  private static void transport(Map<String, FlowField> names) {
    add(names, FlowFields.TP_SRC);
    add(names, FlowFields.TP_DST);
    add(names, FlowFields.TCP_SRC, "nxm_of_tcp_src", "oxm_of_tcp_src");
    add(names, FlowFields.TCP_DST, "nxm_of_tcp_dst", "oxm_of_tcp_dst");
    add(names, FlowFields.UDP_SRC, "nxm_of_udp_src", "oxm_of_udp_src");
    add(names, FlowFields.UDP_DST, "nxm_of_udp_dst", "oxm_of_udp_dst");
    add(names, FlowFields.SCTP_SRC, "oxm_of_sctp_src");
    add(names, FlowFields.SCTP_DST, "oxm_of_sctp_dst");
    add(names, FlowFields.TCP_FLAGS, "nxm_nx_tcp_flags", "oxm_of_tcp_flags", "onfoxm_et_tcp_flags");
    add(names, FlowFields.ICMP_TYPE, "nxm_of_icmp_type", "oxm_of_icmpv4_type");
    add(names, FlowFields.ICMP_CODE, "nxm_of_icmp_code", "oxm_of_icmpv4_code");
    add(names, FlowFields.ICMPV6_TYPE, "nxm_nx_icmpv6_type", "oxm_of_icmpv6_type");
    add(names, FlowFields.ICMPV6_CODE, "nxm_nx_icmpv6_code", "oxm_of_icmpv6_code");
  }
}
