package io.packetwalk.wire.layer;

/**
 * A stateless transport tunnelling frame header (draft-davie-stt, 3.2). It follows a TCP header
 * whose sequence number is the frame's length and this segment's offset in it, and whose
 * acknowledgment number tells frames apart; only the first segment of a frame has it.
 *
 * @param flags bit 0 checksum verified, 1 checksum partial, 2 IPv4, 3 TCP
 * @param transportOffset where the inner transport header is, in bytes from the end of this header
 * @param segmentSize the size for the inner segments
 * @param tag the VLAN tag control word, zero for none
 * @param context the 64-bit context identifier: the virtual network
 */
public record Stt(
    int version,
    int flags,
    int transportOffset,
    int reserved,
    int segmentSize,
    int tag,
    long context,
    int padding)
    implements Encapsulation {
  public static final int HEADER_LENGTH = 18;
  public static final int PORT = 7471;
}
