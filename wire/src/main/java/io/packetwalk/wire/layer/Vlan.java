package io.packetwalk.wire.layer;

/**
 * An IEEE 802.1Q tag: what follows the EtherType 0x8100 or 0x88a8.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-----+-+-----------------------+-------------------------------+
 * | PCP |D|       Identifier      |           EtherType           |
 * +-----+-+-----------------------+-------------------------------+
 * </pre>
 */
public record Vlan(int priority, boolean dropEligible, int identifier, int etherType)
    implements Layer {
  public static final int HEADER_LENGTH = 4;
}
