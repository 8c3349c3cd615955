package io.packetwalk.wire.layer;

import io.packetwalk.wire.MacAddress;

/**
 * An Ethernet II header (IEEE 802.3, 3.1.1), without preamble and frame check sequence.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |                          Destination                          |
 * +-------------------------------+-------------------------------+
 * |      Destination (cont.)      |            Source             |
 * +-------------------------------+-------------------------------+
 * |                         Source (cont.)                        |
 * +-------------------------------+-------------------------------+
 * |           EtherType           |
 * +-------------------------------+
 * </pre>
 */
public record Ethernet(MacAddress destination, MacAddress source, int etherType) implements Layer {
  public static final int HEADER_LENGTH = 14;
}
