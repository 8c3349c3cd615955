package io.packetwalk.wire;

/**
 * What the first header of a capture's frames is: a LINKTYPE number of the tcpdump group's
 * registry.
 */
public record LinkType(int number) {
  public static final LinkType LOOPBACK = new LinkType(0);
  public static final LinkType ETHERNET = new LinkType(1);
  public static final LinkType PPP = new LinkType(9);
  public static final LinkType PPP_SERIAL = new LinkType(50);
  public static final LinkType PPPOE = new LinkType(51);
  public static final LinkType RAW_IP = new LinkType(101);
  public static final LinkType OPENBSD_LOOPBACK = new LinkType(108);
  public static final LinkType LINUX_COOKED = new LinkType(113);
  public static final LinkType IPV4 = new LinkType(228);
  public static final LinkType IPV6 = new LinkType(229);
  public static final LinkType NETFILTER_LOG = new LinkType(239);
  public static final LinkType LINUX_COOKED_2 = new LinkType(276);

  /** Whether frames of this link type are decoded. */
  public boolean isKnown() {
    return switch (number) {
      case 0, 1, 9, 12, 14, 50, 51, 101, 108, 113, 228, 229, 239, 276 -> true;
      default -> false;
    };
  }

  /** The registry's name without its prefix, or the number. */
  public String title() {
    return switch (number) {
      case 0 -> "null";
      case 1 -> "Ethernet";
      case 9 -> "PPP";
      case 12, 14, 101 -> "raw IP";
      case 50 -> "PPP over HDLC";
      case 51 -> "PPP over Ethernet";
      case 108 -> "loop";
      case 113 -> "Linux cooked";
      case 228 -> "raw IPv4";
      case 229 -> "raw IPv6";
      case 239 -> "NFLOG";
      case 276 -> "Linux cooked 2";
      default -> "link type " + number;
    };
  }
}
