package io.packetwalk.wire.layer;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;

/** An ARP message for IPv4 over Ethernet (RFC 826). */
public record Arp(
    int operation,
    MacAddress senderMac,
    IpAddress senderAddress,
    MacAddress targetMac,
    IpAddress targetAddress)
    implements Layer {
  public static final int REQUEST = 1;
  public static final int REPLY = 2;
  public static final int HEADER_LENGTH = 28;
}
