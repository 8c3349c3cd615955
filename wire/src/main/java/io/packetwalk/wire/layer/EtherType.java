package io.packetwalk.wire.layer;

/** Protocol numbers of Ethernet's type field (IEEE 802 numbers). */
public final class EtherType {
  public static final int IPV4 = 0x0800;
  public static final int ARP = 0x0806;
  public static final int TRANSPARENT_ETHERNET_BRIDGING = 0x6558;
  public static final int VLAN = 0x8100;
  public static final int IPV6 = 0x86dd;
  public static final int SERVICE_VLAN = 0x88a8;

  private EtherType() {}
}
