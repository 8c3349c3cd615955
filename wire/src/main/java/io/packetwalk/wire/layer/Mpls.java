package io.packetwalk.wire.layer;

/**
 * An entry of an MPLS label stack (RFC 3032, 2.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------+-----+-+---------------+
 * |                 Label                 |  TC |S|      TTL      |
 * +---------------------------------------+-----+-+---------------+
 * </pre>
 *
 * @param bottom whether this is the last entry of the stack
 */
public record Mpls(int label, int trafficClass, boolean bottom, int ttl) implements Layer {
  public static final int HEADER_LENGTH = 4;
}
