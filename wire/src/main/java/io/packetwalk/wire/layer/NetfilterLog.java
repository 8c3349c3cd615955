package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * What netfilter's NFLOG target says of a packet: a family and attributes, up to the packet itself
 * (LINKTYPE_NFLOG). Attributes behind the packet become a {@link Trailer}.
 *
 * @param family 2 for IPv4, 10 for IPv6
 * @param version zero
 * @param group the number after {@code --nflog-group}
 * @param attributes every attribute before the packet and the four bytes that announce the packet,
 *     in the byte order of the machine that captured
 */
public record NetfilterLog(int family, int version, int group, Bytes attributes)
    implements LinkHeader {
  public static final int HEADER_LENGTH = 4;
}
