package io.packetwalk.wire.layer;

import java.util.OptionalInt;

/**
 * A PPP over Ethernet header (RFC 2516, 4); a session's packets have code zero.
 *
 * @param versionAndType 0x11
 * @param declaredLength the length where it isn't what the content needs; empty otherwise
 */
public record Pppoe(int versionAndType, int code, int session, OptionalInt declaredLength)
    implements LinkHeader {
  public static final int HEADER_LENGTH = 6;
}
