package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * An IP authentication header (RFC 4302, 2).
 *
 * @param nextHeader the protocol that follows
 * @param parameterIndex the security parameter index, unsigned
 * @param sequence unsigned
 * @param check the integrity check value; with the 12 bytes before it a multiple of four
 */
public record AuthenticationHeader(
    int nextHeader, int reserved, int parameterIndex, int sequence, Bytes check)
    implements Encapsulation {
  public static final int HEADER_LENGTH = 12;
}
