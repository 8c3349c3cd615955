package io.packetwalk.report.packet;

import io.packetwalk.wire.layer.Icmp;
import io.packetwalk.wire.layer.Icmpv6;

/** The messages of ICMP and ICMPv6 by name (IANA's parameters of both). */
public final class IcmpNames {
  private static final int REDIRECT_V6 = 137;

  private IcmpNames() {}

  public static String of(boolean version6, int type, int code) {
    return version6 ? version6(type, code) : version4(type, code);
  }

  static boolean isEcho(Icmp icmp) {
    return icmp.type() == Icmp.ECHO_REQUEST || icmp.type() == Icmp.ECHO_REPLY;
  }

  static boolean isEcho(Icmpv6 icmp) {
    return icmp.type() == Icmpv6.ECHO_REQUEST || icmp.type() == Icmpv6.ECHO_REPLY;
  }

  /** Whether the second word tells which size fits. */
  static boolean tellsMtu(boolean version6, int type, int code) {
    return version6
        ? type == Icmpv6.PACKET_TOO_BIG
        : type == Icmp.DESTINATION_UNREACHABLE && code == 4;
  }

  private static String version4(int type, int code) {
    return switch (type) {
      case Icmp.ECHO_REPLY -> "echo reply";
      case Icmp.DESTINATION_UNREACHABLE -> unreachable(code);
      case Icmp.REDIRECT -> "redirect";
      case Icmp.ECHO_REQUEST -> "echo request";
      case Icmp.TIME_EXCEEDED -> "time exceeded";
      default -> "type " + type + " code " + code;
    };
  }

  private static String unreachable(int code) {
    return switch (code) {
      case 0 -> "network unreachable";
      case 1 -> "host unreachable";
      case 2 -> "protocol unreachable";
      case 3 -> "port unreachable";
      case 4 -> "fragmentation needed";
      case 9 -> "network prohibited";
      case 10 -> "host prohibited";
      case 13 -> "administratively prohibited";
      default -> "destination unreachable, code " + code;
    };
  }

  private static String version6(int type, int code) {
    return switch (type) {
      case Icmpv6.DESTINATION_UNREACHABLE -> unreachableVersion6(code);
      case Icmpv6.PACKET_TOO_BIG -> "packet too big";
      case Icmpv6.TIME_EXCEEDED -> "time exceeded";
      case Icmpv6.ECHO_REQUEST -> "echo request";
      case Icmpv6.ECHO_REPLY -> "echo reply";
      case Icmpv6.NEIGHBOUR_SOLICITATION -> "neighbour solicitation";
      case Icmpv6.NEIGHBOUR_ADVERTISEMENT -> "neighbour advertisement";
      case REDIRECT_V6 -> "redirect";
      default -> "type " + type + " code " + code;
    };
  }

  private static String unreachableVersion6(int code) {
    return switch (code) {
      case 0 -> "no route to destination";
      case 1 -> "administratively prohibited";
      case 3 -> "address unreachable";
      case 4 -> "port unreachable";
      case 5 -> "source address failed policy";
      case 6 -> "reject route to destination";
      default -> "destination unreachable, code " + code;
    };
  }
}
