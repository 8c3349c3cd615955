package io.packetwalk.report.packet;

import io.packetwalk.wire.layer.Arp;

/** The operations of ARP (IANA's ARP parameters) by name. */
final class ArpNames {
  private ArpNames() {}

  static String operation(int number) {
    return switch (number) {
      case Arp.REQUEST -> "request";
      case Arp.REPLY -> "reply";
      default -> Integer.toString(number);
    };
  }
}
