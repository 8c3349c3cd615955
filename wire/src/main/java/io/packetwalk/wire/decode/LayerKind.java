package io.packetwalk.wire.decode;

/** The kinds of header that a dissection tells apart, with the names that people use for them. */
public enum LayerKind {
  ETHERNET("Ethernet"),
  VLAN("802.1Q"),
  LLC("LLC"),
  LINUX_COOKED("Linux cooked"),
  LINUX_COOKED_2("Linux cooked 2"),
  LOOPBACK("Loopback"),
  NETFILTER_LOG("NFLOG"),
  PPP("PPP"),
  PPPOE("PPPoE"),
  MPLS("MPLS"),
  ARP("ARP"),
  IPV4("IPv4"),
  IPV6("IPv6"),
  ICMP("ICMP"),
  ICMPV6("ICMPv6"),
  TCP("TCP"),
  UDP("UDP"),
  SCTP("SCTP"),
  VXLAN("VXLAN"),
  GENEVE("Geneve"),
  GRE("GRE"),
  ERSPAN("ERSPAN"),
  STT("STT"),
  GTP("GTP-U"),
  GUE("GUE"),
  NSH("NSH"),
  ESP("ESP"),
  AUTHENTICATION_HEADER("AH"),
  WIREGUARD("WireGuard"),
  PARTIAL("Partial header"),
  PAYLOAD("Payload");

  private final String title;
  private final int mark;

  LayerKind(String title) {
    this.title = title;
    this.mark = title.hashCode();
  }

  /** A number that stands for the kind in digests. */
  int mark() {
    return mark;
  }

  /** The name as it is printed. */
  public String title() {
    return title;
  }
}
