package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * The header of Linux's cooked capture, as on the device {@code any} (LINKTYPE_LINUX_SLL).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-------------------------------+-------------------------------+
 * |          Packet type          |          Device type          |
 * +-------------------------------+-------------------------------+
 * |        Address length         |      Address (8 bytes)        |
 * +-------------------------------+-------------------------------+
 * |                         Address (cont.)                       |
 * +-------------------------------+-------------------------------+
 * |        Address (cont.)        |           Protocol            |
 * +-------------------------------+-------------------------------+
 * </pre>
 *
 * @param packetType 0 to us, 1 broadcast, 2 multicast, 3 to another host, 4 sent by us
 * @param deviceType Linux's ARPHRD number
 * @param addressLength as the header says it, which may be more than the eight bytes there are
 * @param address eight bytes, the sender's link address first
 * @param protocol an EtherType, or one of Linux's own numbers below 1536
 */
public record LinuxCooked(
    int packetType, int deviceType, int addressLength, Bytes address, int protocol)
    implements LinkHeader {
  public static final int HEADER_LENGTH = 16;
}
