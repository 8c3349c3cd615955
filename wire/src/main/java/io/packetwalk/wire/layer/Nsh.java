package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * A network service header (RFC 8300, 2).
 *
 * @param flags the first four bits: version, OAM and an unassigned one
 * @param metadataType the byte before the next protocol: four unassigned bits and the type
 * @param nextProtocol 1 IPv4, 2 IPv6, 3 Ethernet, 4 NSH, 5 MPLS
 * @param path the service path identifier, 24 bits
 * @param index the service index, 8 bits
 * @param context the context headers, a multiple of four bytes
 */
public record Nsh(
    int flags, int ttl, int metadataType, int nextProtocol, int path, int index, Bytes context)
    implements Encapsulation {
  public static final int HEADER_LENGTH = 8;
}
