package io.packetwalk.wire.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.layer.Arp;
import io.packetwalk.wire.layer.AuthenticationHeader;
import io.packetwalk.wire.layer.Erspan;
import io.packetwalk.wire.layer.Esp;
import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Geneve;
import io.packetwalk.wire.layer.Gre;
import io.packetwalk.wire.layer.Gtp;
import io.packetwalk.wire.layer.Gue;
import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;
import io.packetwalk.wire.layer.Ipv4;
import io.packetwalk.wire.layer.Ipv6;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.LinuxCooked;
import io.packetwalk.wire.layer.LinuxCooked2;
import io.packetwalk.wire.layer.Llc;
import io.packetwalk.wire.layer.Loopback;
import io.packetwalk.wire.layer.Mpls;
import io.packetwalk.wire.layer.NetfilterLog;
import io.packetwalk.wire.layer.Nsh;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Ppp;
import io.packetwalk.wire.layer.Pppoe;
import io.packetwalk.wire.layer.Sctp;
import io.packetwalk.wire.layer.Stt;
import io.packetwalk.wire.layer.Tcp;
import io.packetwalk.wire.layer.Trailer;
import io.packetwalk.wire.layer.Udp;
import io.packetwalk.wire.layer.Vlan;
import io.packetwalk.wire.layer.Vxlan;
import io.packetwalk.wire.layer.WireGuard;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Each layer's bytes, written out by hand from its specification. */
class EncoderTest {
  private static final IpAddress A = IpAddress.of("10.0.0.1");
  private static final IpAddress B = IpAddress.of("10.0.0.2");

  private static String hex(Layer... layers) {
    return Encoder.encode(Packet.of(layers)).toHex();
  }

  @Test
  void ethernet_vlan_and_mpls() {
    assertThat(
            hex(
                new Ethernet(
                    MacAddress.of("ee:ee:ee:ee:ee:ee"), MacAddress.of("02:00:00:00:00:01"), 0x8100),
                new Vlan(5, true, 0xabc, 0x8847),
                new Mpls(0x12345, 3, true, 64)))
        .isEqualTo("eeeeeeeeeeee" + "020000000001" + "8100" + "babc8847" + "12345740");
  }

  @Test
  void arp() {
    assertThat(hex(new Arp(Arp.REPLY, MacAddress.of("02:00:00:00:00:01"), A, MacAddress.ZERO, B)))
        .isEqualTo("0001080006040002" + "020000000001" + "0a000001" + "000000000000" + "0a000002");
  }

  @Test
  void ipv4_with_its_checksum_and_an_icmp_echo() {
    assertThat(
            hex(Ipv4.of(A, B, 1, 64), Icmp.echoRequest(0x1234, 1), new Payload(Bytes.of((byte) 7))))
        .isEqualTo(
            "4500001d" + "00004000" + "400126de" + "0a0000010a000002" + "0800deca12340001" + "07");
  }

  @Test
  void udp_over_ipv6_counts_the_pseudo_header() {
    Ipv6 ipv6 = Ipv6.of(IpAddress.of("fd00::1"), IpAddress.of("fd00::2"), 17, 64);
    assertThat(hex(ipv6, Udp.of(1, 2)))
        .isEqualTo(
            "6000000000081140"
                + "fd000000000000000000000000000001"
                + "fd000000000000000000000000000002"
                + "000100020008"
                + "05d7");
  }

  @Test
  void a_declared_value_is_written_as_it_is() {
    Ipv4 lie =
        new Ipv4(0, 0, 0, 0, 1, 17, A, B, Bytes.EMPTY, OptionalInt.of(9), OptionalInt.of(0xbeef));
    assertThat(hex(lie, new Udp(1, 2, OptionalInt.of(3), OptionalInt.of(0))))
        .isEqualTo("4500000900000000" + "0111beef" + "0a0000010a000002" + "0001000200030000");
  }

  @Test
  void tcp_with_options_over_ipv4() {
    Tcp tcp =
        new Tcp(
            80,
            443,
            1,
            2,
            Tcp.SYN | Tcp.ACK,
            512,
            0,
            Bytes.fromHex("020405b4"),
            OptionalInt.empty());
    assertThat(hex(Ipv4.of(A, B, 6, 64), tcp))
        .endsWith("005001bb" + "00000001" + "00000002" + "60120200" + "80060000" + "020405b4");
  }

  @Test
  void sctp_with_its_crc() {
    assertThat(hex(Sctp.of(1, 2, 3))).isEqualTo("0001000200000003" + "0928b319");
  }

  @Test
  void icmpv6() {
    Ipv6 ipv6 = Ipv6.of(IpAddress.of("fd00::1"), IpAddress.of("fd00::2"), 58, 255);
    assertThat(hex(ipv6, Icmpv6.of(128, 0, 0x00010002))).endsWith("800085b500010002");
  }

  @Test
  void vxlan_and_geneve() {
    assertThat(hex(Vxlan.of(0x123456))).isEqualTo("0800000012345600");
    assertThat(hex(new Geneve(0, true, true, 0x6558, 1, Bytes.fromHex("0104800100000004"))))
        .isEqualTo("02c0655800000100" + "0104800100000004");
  }

  @Test
  void gre_with_checksum_key_and_sequence() {
    Gre gre =
        new Gre(
            0, 0x0800, OptionalInt.of(0xabcd), OptionalLong.of(0xffff_ffffL), OptionalLong.of(9));
    assertThat(hex(gre)).isEqualTo("b0000800" + "abcd0000" + "ffffffff" + "00000009");
    assertThat(gre.headerLength()).isEqualTo(16);
  }

  @Test
  void erspan_stt_gtp_gue_and_nsh() {
    assertThat(hex(new Erspan(1, 0x064, 0x0b, 0x001, Bytes.fromHex("00000003"))))
        .isEqualTo("10642c0100000003");
    assertThat(hex(new Stt(0, 0x0a, 34, 0, 1400, 0, 0x1122334455667788L, 0)))
        .isEqualTo("000a2200" + "05780000" + "1122334455667788" + "0000");
    assertThat(hex(Gtp.of(7), Payload.zeros(3))).isEqualTo("30ff0003" + "00000007" + "000000");
    assertThat(hex(new Gue(false, 4, 0, Bytes.fromHex("deadbeef")))).isEqualTo("01040000deadbeef");
    assertThat(hex(new Nsh(0, 63, 2, 1, 0x000102, 255, Bytes.EMPTY)))
        .isEqualTo("0fc20201" + "000102ff");
  }

  @Test
  void esp_ah_and_wireguard() {
    assertThat(hex(new Esp(0x01020304, 5))).isEqualTo("0102030400000005");
    assertThat(hex(new AuthenticationHeader(6, 0, 1, 2, Bytes.zeros(12))))
        .isEqualTo("06040000" + "00000001" + "00000002" + "00".repeat(12));
    assertThat(hex(new WireGuard(WireGuard.DATA, 0x01020304, OptionalLong.of(0x0a))))
        .isEqualTo("04000000" + "04030201" + "0a00000000000000");
  }

  @Test
  void llc_with_snap_and_ppp() {
    assertThat(hex(new Llc(0xaa, 0xaa, true, 3, OptionalInt.of(0), OptionalInt.of(0x0800))))
        .isEqualTo("aaaa03" + "000000" + "0800");
    assertThat(hex(new Llc(0x42, 0x42, false, 0x0102, OptionalInt.empty(), OptionalInt.empty())))
        .isEqualTo("42420102");
    assertThat(hex(new Ppp(true, true, Ppp.IPV4))).isEqualTo("ff0321");
  }

  @Test
  void headers_that_stand_for_a_link() {
    Bytes address = Bytes.fromHex("0200000000010000");
    assertThat(hex(new LinuxCooked(4, 1, 6, address, 0x0800)))
        .isEqualTo("0004" + "0001" + "0006" + "0200000000010000" + "0800");
    assertThat(hex(new LinuxCooked2(0x86dd, 0, 3, 772, 0, 6, address)))
        .isEqualTo("86dd" + "0000" + "00000003" + "0304" + "00" + "06" + "0200000000010000");
    assertThat(hex(new Loopback(0x02000000))).isEqualTo("02000000");
    assertThat(hex(new NetfilterLog(2, 0, 5, Bytes.fromHex("04000900"))))
        .isEqualTo("02" + "00" + "0005" + "04000900");
    assertThat(hex(new Pppoe(0x11, 0, 7, OptionalInt.empty()), new Ppp(false, false, Ppp.IPV4)))
        .isEqualTo("11" + "00" + "0007" + "0002" + "0021");
  }

  @Test
  void an_icmp_error_quotes_the_packet_that_caused_it() {
    assertThat(
            hex(
                new Icmp(3, 4, 1400, OptionalInt.empty()),
                Ipv4.of(B, A, 17, 1),
                new Payload(Bytes.fromHex("00010002"))))
        .startsWith("0304")
        .contains("00000578" + "45000018");
  }

  @Test
  void trailers_stand_behind_the_layer_that_ends_before_them() {
    assertThat(
            hex(
                Gtp.of(1),
                Gtp.of(2),
                new Payload(Bytes.fromHex("aa")),
                new Trailer(1, Bytes.fromHex("bb")),
                new Trailer(0, Bytes.fromHex("cc"))))
        .isEqualTo("30ff000a00000001" + "30ff000100000002" + "aa" + "bb" + "cc");
  }
}
