package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * The second version of Linux's cooked header, which names the device (LINKTYPE_LINUX_SLL2).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |           Protocol            |           Reserved            |
 * +-------------------------------+-------------------------------+
 * |                        Interface index                        |
 * +-------------------------------+---------------+---------------+
 * |          Device type          |  Packet type  | Address length|
 * +-------------------------------+---------------+---------------+
 * |                       Address (8 bytes)                       |
 * +---------------------------------------------------------------+
 * </pre>
 */
public record LinuxCooked2(
    int protocol,
    int reserved,
    int interfaceIndex,
    int deviceType,
    int packetType,
    int addressLength,
    Bytes address)
    implements LinkHeader {
  public static final int HEADER_LENGTH = 20;
}
