package io.packetwalk.wire.layer;

/** Protocol numbers of Ethernet's type field (IEEE 802 numbers). */
public final class EtherType {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int TRANSPARENT_ETHERNET_BRIDGING = 0x6558;
  public static final int VLAN = 0x8100;
  public static final int IPV6 = 0x86dd;
  public static final int PPP = 0x880b;
  public static final int MPLS = 0x8847;
  public static final int MPLS_UPSTREAM = 0x8848;
  public static final int PPPOE_DISCOVERY = 0x8863;
  public static final int PPPOE_SESSION = 0x8864;
  public static final int ERSPAN_2 = 0x88be;
  public static final int ERSPAN_3 = 0x22eb;
  public static final int SERVICE_VLAN = 0x88a8;
  public static final int NSH = 0x894f;
  public static final int OLD_SERVICE_VLAN = 0x9100;

  /** The lowest value that is a type; what is lower is a length (IEEE 802.3, 3.2.6). */
  public static final int LOWEST = 0x0600;

  private EtherType() {}
}
