package io.packetwalk.model.openflow;

import static io.packetwalk.model.openflow.FieldFormat.CONNECTION_STATE;
import static io.packetwalk.model.openflow.FieldFormat.DECIMAL;
import static io.packetwalk.model.openflow.FieldFormat.FRAGMENT;
import static io.packetwalk.model.openflow.FieldFormat.HEXADECIMAL;
import static io.packetwalk.model.openflow.FieldFormat.IPV4;
import static io.packetwalk.model.openflow.FieldFormat.IPV6;
import static io.packetwalk.model.openflow.FieldFormat.MAC;
import static io.packetwalk.model.openflow.FieldFormat.PACKET_TYPE;
import static io.packetwalk.model.openflow.FieldFormat.PORT;
import static io.packetwalk.model.openflow.FieldFormat.TUNNEL_FLAGS;

/**
 * The fields and where each lies in a packet's vector of 64-bit words (Open vSwitch, {@code
 * meta-flow.h} and {@code flow.h}).
 *
 * <pre>
 *  word
 *   0 … 7   reg0 | reg1 … reg14 | reg15     (xreg and xxreg over them)
 *   8       metadata
 *   9       in_port | pkt_mark
 *  10       ct_state | ct_mark              11, 12  ct_label
 *  13       ct_nw_src | ct_nw_dst           14 … 17 ct_ipv6_src, ct_ipv6_dst
 *  18       ct_zone | ct_tp_src | ct_tp_dst | ct_nw_proto
 *  19       tun_id                          20      tun_src | tun_dst
 *  21 … 24  tun_ipv6_src, tun_ipv6_dst
 *  25       tun_flags | tun_gbp_id | tun_gbp_flags | tun_tos | tun_ttl
 *  26       tun_erspan_idx | ver | dir | hwid | tun_gtpu_flags
 *  27       conj_id | dp_hash               28      recirc_id | actset_output
 *  29       eth_dst | eth_type              30      eth_src | vlan_tci
 *  31       mpls label stack entry
 *  32       nw_src | nw_dst                 33 … 36 ipv6_src, ipv6_dst
 *  37       ipv6_label | nw_proto | nw_tos | nw_ttl | nw_frag
 *  38       arp_sha | tcp_flags             39      arp_tha
 *  40       tp_src | tp_dst                 41, 42  nd_target
 *  43       nd_reserved | nd_options_type   44      packet_type
 *  45 … 47  NSH                            48      tun_gtpu_msgtype
 *  49 …     tun_metadata0 … tun_metadata63, 128 bits each
 * 177       which of these are there
 * </pre>
 */
public final class FlowFields {
  public static final int REGISTERS = 16;
  public static final int TUNNEL_METADATA = 64;
  private static final int FIRST_TUNNEL_METADATA = 49;

  /** How many words a packet's vector has. */
  public static final int WORDS = FIRST_TUNNEL_METADATA + 2 * TUNNEL_METADATA + 1;

  /** Which tunnel options are there, a bit for each; no flow names it. */
  public static final FlowField TUNNEL_METADATA_PRESENT =
      plain("tun_metadata_present", WORDS - 1, 0, 64, HEXADECIMAL);

  public static final FlowField METADATA = plain("metadata", 8, 0, 64, HEXADECIMAL);
  public static final FlowField IN_PORT = plain("in_port", 9, 32, 32, PORT);
  public static final FlowField PACKET_MARK = plain("pkt_mark", 9, 0, 32, HEXADECIMAL);
  public static final FlowField CT_STATE = plain("ct_state", 10, 32, 32, CONNECTION_STATE);
  public static final FlowField CT_MARK = plain("ct_mark", 10, 0, 32, HEXADECIMAL);
  public static final FlowField CT_LABEL = plain("ct_label", 11, 0, 128, HEXADECIMAL);
  public static final FlowField CT_NW_SRC = field("ct_nw_src", 13, 32, 32, IPV4, Prerequisite.IPV4);
  public static final FlowField CT_NW_DST = field("ct_nw_dst", 13, 0, 32, IPV4, Prerequisite.IPV4);
  public static final FlowField CT_IPV6_SRC =
      field("ct_ipv6_src", 14, 0, 128, IPV6, Prerequisite.IPV6);
  public static final FlowField CT_IPV6_DST =
      field("ct_ipv6_dst", 16, 0, 128, IPV6, Prerequisite.IPV6);
  public static final FlowField CT_ZONE = plain("ct_zone", 18, 48, 16, HEXADECIMAL);
  public static final FlowField CT_TP_SRC =
      field("ct_tp_src", 18, 32, 16, DECIMAL, Prerequisite.IP);
  public static final FlowField CT_TP_DST =
      field("ct_tp_dst", 18, 16, 16, DECIMAL, Prerequisite.IP);
  public static final FlowField CT_NW_PROTO =
      field("ct_nw_proto", 18, 8, 8, DECIMAL, Prerequisite.IP);
  public static final FlowField TUN_ID = plain("tun_id", 19, 0, 64, HEXADECIMAL);
  public static final FlowField TUN_SRC = plain("tun_src", 20, 32, 32, IPV4);
  public static final FlowField TUN_DST = plain("tun_dst", 20, 0, 32, IPV4);
  public static final FlowField TUN_IPV6_SRC = plain("tun_ipv6_src", 21, 0, 128, IPV6);
  public static final FlowField TUN_IPV6_DST = plain("tun_ipv6_dst", 23, 0, 128, IPV6);
  public static final FlowField TUN_FLAGS = plain("tun_flags", 25, 48, 16, TUNNEL_FLAGS);
  public static final FlowField TUN_GBP_ID = plain("tun_gbp_id", 25, 32, 16, DECIMAL);
  public static final FlowField TUN_GBP_FLAGS = plain("tun_gbp_flags", 25, 24, 8, HEXADECIMAL);
  public static final FlowField TUN_TOS = plain("tun_tos", 25, 16, 8, DECIMAL);
  public static final FlowField TUN_TTL = plain("tun_ttl", 25, 8, 8, DECIMAL);
  public static final FlowField TUN_ERSPAN_IDX = plain("tun_erspan_idx", 26, 32, 20, HEXADECIMAL);
  public static final FlowField TUN_ERSPAN_VER = plain("tun_erspan_ver", 26, 24, 8, DECIMAL);
  public static final FlowField TUN_ERSPAN_DIR = plain("tun_erspan_dir", 26, 16, 8, DECIMAL);
  public static final FlowField TUN_ERSPAN_HWID = plain("tun_erspan_hwid", 26, 8, 8, HEXADECIMAL);
  public static final FlowField TUN_GTPU_FLAGS = plain("tun_gtpu_flags", 26, 0, 8, HEXADECIMAL);
  public static final FlowField TUN_GTPU_MSGTYPE = plain("tun_gtpu_msgtype", 48, 0, 8, DECIMAL);
  public static final FlowField CONJUNCTION = plain("conj_id", 27, 32, 32, DECIMAL);
  public static final FlowField DP_HASH = plain("dp_hash", 27, 0, 32, HEXADECIMAL);
  public static final FlowField RECIRC_ID = plain("recirc_id", 28, 32, 32, HEXADECIMAL);
  public static final FlowField ACTION_SET_OUTPUT = plain("actset_output", 28, 0, 32, PORT);
  public static final FlowField ETH_DST = plain("eth_dst", 29, 16, 48, MAC);
  public static final FlowField ETH_TYPE = plain("eth_type", 29, 0, 16, HEXADECIMAL);
  public static final FlowField ETH_SRC = plain("eth_src", 30, 16, 48, MAC);

  /** The tag control information, with bit 12 set when there is a tag at all. */
  public static final FlowField VLAN_TCI = plain("vlan_tci", 30, 0, 16, HEXADECIMAL);

  /** The identifier with {@code OFPVID_PRESENT} above it. */
  public static final FlowField VLAN_VID = plain("vlan_vid", 30, 0, 13, HEXADECIMAL);

  /** The identifier alone, as OpenFlow 1.0 has it. */
  public static final FlowField DL_VLAN = plain("dl_vlan", 30, 0, 12, DECIMAL);

  public static final FlowField VLAN_PCP = field("vlan_pcp", 30, 13, 3, DECIMAL, Prerequisite.VLAN);
  public static final FlowField DL_VLAN_PCP = plain("dl_vlan_pcp", 30, 13, 3, DECIMAL);
  public static final FlowField MPLS_LABEL =
      field("mpls_label", 31, 44, 20, DECIMAL, Prerequisite.MPLS);
  public static final FlowField MPLS_TC = field("mpls_tc", 31, 41, 3, DECIMAL, Prerequisite.MPLS);
  public static final FlowField MPLS_BOS = field("mpls_bos", 31, 40, 1, DECIMAL, Prerequisite.MPLS);
  public static final FlowField MPLS_TTL = field("mpls_ttl", 31, 32, 8, DECIMAL, Prerequisite.MPLS);
  public static final FlowField NW_SRC = field("nw_src", 32, 32, 32, IPV4, Prerequisite.IPV4);
  public static final FlowField NW_DST = field("nw_dst", 32, 0, 32, IPV4, Prerequisite.IPV4);
  public static final FlowField ARP_SPA = field("arp_spa", 32, 32, 32, IPV4, Prerequisite.ARP);
  public static final FlowField ARP_TPA = field("arp_tpa", 32, 0, 32, IPV4, Prerequisite.ARP);
  public static final FlowField IPV6_SRC = field("ipv6_src", 33, 0, 128, IPV6, Prerequisite.IPV6);
  public static final FlowField IPV6_DST = field("ipv6_dst", 35, 0, 128, IPV6, Prerequisite.IPV6);
  public static final FlowField IPV6_LABEL =
      field("ipv6_label", 37, 32, 20, HEXADECIMAL, Prerequisite.IPV6);
  public static final FlowField NW_PROTO = field("nw_proto", 37, 24, 8, DECIMAL, Prerequisite.IP);
  public static final FlowField ARP_OP = field("arp_op", 37, 24, 8, DECIMAL, Prerequisite.ARP);

  /** The whole traffic class: DSCP and ECN. */
  public static final FlowField NW_TOS_BYTE =
      field("nw_tos_byte", 37, 16, 8, HEXADECIMAL, Prerequisite.IP);

  public static final FlowField IP_DSCP = field("ip_dscp", 37, 18, 6, DECIMAL, Prerequisite.IP);
  public static final FlowField NW_ECN = field("nw_ecn", 37, 16, 2, DECIMAL, Prerequisite.IP);
  public static final FlowField NW_TTL = field("nw_ttl", 37, 8, 8, DECIMAL, Prerequisite.IP);

  /** Bit 0: any fragment; bit 1: not the first one. */
  public static final FlowField NW_FRAG = field("ip_frag", 37, 0, 2, FRAGMENT, Prerequisite.IP);

  public static final FlowField ARP_SHA = field("arp_sha", 38, 16, 48, MAC, Prerequisite.ARP);
  public static final FlowField TCP_FLAGS =
      field("tcp_flags", 38, 0, 12, FieldFormat.TCP_FLAGS, Prerequisite.TCP);
  public static final FlowField ARP_THA = field("arp_tha", 39, 16, 48, MAC, Prerequisite.ARP);
  public static final FlowField ND_SLL =
      field("nd_sll", 38, 16, 48, MAC, Prerequisite.NEIGHBOUR_SOLICITATION);
  public static final FlowField ND_TLL =
      field("nd_tll", 39, 16, 48, MAC, Prerequisite.NEIGHBOUR_ADVERTISEMENT);
  public static final FlowField TCP_SRC = field("tcp_src", 40, 48, 16, DECIMAL, Prerequisite.TCP);
  public static final FlowField TCP_DST = field("tcp_dst", 40, 32, 16, DECIMAL, Prerequisite.TCP);
  public static final FlowField UDP_SRC = field("udp_src", 40, 48, 16, DECIMAL, Prerequisite.UDP);
  public static final FlowField UDP_DST = field("udp_dst", 40, 32, 16, DECIMAL, Prerequisite.UDP);
  public static final FlowField SCTP_SRC =
      field("sctp_src", 40, 48, 16, DECIMAL, Prerequisite.SCTP);
  public static final FlowField SCTP_DST =
      field("sctp_dst", 40, 32, 16, DECIMAL, Prerequisite.SCTP);

  /** The transport's first word, whatever protocol it is. */
  public static final FlowField TP_SRC = plain("tp_src", 40, 48, 16, DECIMAL);

  public static final FlowField TP_DST = plain("tp_dst", 40, 32, 16, DECIMAL);
  public static final FlowField ICMP_TYPE =
      field("icmp_type", 40, 48, 8, DECIMAL, Prerequisite.ICMP);
  public static final FlowField ICMP_CODE =
      field("icmp_code", 40, 32, 8, DECIMAL, Prerequisite.ICMP);
  public static final FlowField ICMPV6_TYPE =
      field("icmpv6_type", 40, 48, 8, DECIMAL, Prerequisite.ICMPV6);
  public static final FlowField ICMPV6_CODE =
      field("icmpv6_code", 40, 32, 8, DECIMAL, Prerequisite.ICMPV6);
  public static final FlowField ND_TARGET =
      field("nd_target", 41, 0, 128, IPV6, Prerequisite.NEIGHBOUR_DISCOVERY);
  public static final FlowField ND_RESERVED =
      field("nd_reserved", 43, 32, 32, HEXADECIMAL, Prerequisite.NEIGHBOUR_DISCOVERY);
  public static final FlowField ND_OPTIONS_TYPE =
      field("nd_options_type", 43, 24, 8, DECIMAL, Prerequisite.NEIGHBOUR_DISCOVERY);
  public static final FlowField PACKET_TYPE_FIELD = plain("packet_type", 44, 32, 32, PACKET_TYPE);
  public static final FlowField NSH_FLAGS = nsh("nsh_flags", 45, 56, 8);
  public static final FlowField NSH_TTL = nsh("nsh_ttl", 45, 48, 8);
  public static final FlowField NSH_MDTYPE = nsh("nsh_mdtype", 45, 40, 8);
  public static final FlowField NSH_NP = nsh("nsh_np", 45, 32, 8);
  public static final FlowField NSH_SPI = nsh("nsh_spi", 45, 8, 24);
  public static final FlowField NSH_SI = nsh("nsh_si", 45, 0, 8);
  public static final FlowField NSH_C1 = nsh("nsh_c1", 46, 32, 32);
  public static final FlowField NSH_C2 = nsh("nsh_c2", 46, 0, 32);
  public static final FlowField NSH_C3 = nsh("nsh_c3", 47, 32, 32);
  public static final FlowField NSH_C4 = nsh("nsh_c4", 47, 0, 32);

  private FlowFields() {}

  /** {@code reg0} to {@code reg15}. */
  public static FlowField register(int index) {
    return plain(
        "reg" + index, checked(index, REGISTERS) / 2, index % 2 == 0 ? 32 : 0, 32, HEXADECIMAL);
  }

  /** {@code xreg0} to {@code xreg7}: two registers each. */
  public static FlowField doubleRegister(int index) {
    return plain("xreg" + index, checked(index, REGISTERS / 2), 0, 64, HEXADECIMAL);
  }

  /** {@code xxreg0} to {@code xxreg3}: four registers each. */
  public static FlowField quadRegister(int index) {
    return plain("xxreg" + index, 2 * checked(index, REGISTERS / 4), 0, 128, HEXADECIMAL);
  }

  /** {@code tun_metadata0} to {@code tun_metadata63}. */
  public static FlowField tunnelMetadata(int index) {
    return plain(
        "tun_metadata" + index,
        FIRST_TUNNEL_METADATA + 2 * checked(index, TUNNEL_METADATA),
        0,
        128,
        HEXADECIMAL);
  }

  /** Whether a packet has the option behind {@code tun_metadata0} to {@code tun_metadata63}. */
  public static FlowField tunnelMetadataPresent(int index) {
    return plain(
        "tun_metadata" + index + "_present",
        WORDS - 1,
        checked(index, TUNNEL_METADATA),
        1,
        HEXADECIMAL);
  }

  /** Which of the {@code tun_metadata} fields a field is; -1 for another. */
  public static int tunnelMetadataIndex(FlowField field) {
    boolean metadata = field.word() >= FIRST_TUNNEL_METADATA && field.word() < WORDS - 1;
    return metadata ? (field.word() - FIRST_TUNNEL_METADATA) / 2 : -1;
  }

  private static int checked(int index, int count) {
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException("there are " + count + " of them, not " + index);
    }
    return index;
  }

  private static FlowField plain(String name, int word, int shift, int width, FieldFormat format) {
    return new FlowField(name, word, shift, width, format, Prerequisite.NONE);
  }

  private static FlowField nsh(String name, int word, int shift, int width) {
    return new FlowField(name, word, shift, width, DECIMAL, Prerequisite.NSH);
  }

  private static FlowField field(
      String name, int word, int shift, int width, FieldFormat format, Prerequisite needs) {
    return new FlowField(name, word, shift, width, format, needs);
  }
}
