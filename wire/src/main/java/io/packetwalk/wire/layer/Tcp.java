package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import java.util.OptionalInt;

/**
 * A TCP header (RFC 9293, 3.1).
 *
 * @param sequence the sequence number, unsigned
 * @param acknowledgment the acknowledgment number, unsigned
 * @param flags the low twelve bits of the word with the data offset, FIN lowest
 * @param declaredChecksum the checksum where it isn't the right one; empty otherwise
 */
public record Tcp(
    int sourcePort,
    int destinationPort,
    int sequence,
    int acknowledgment,
    int flags,
    int window,
    int urgentPointer,
    Bytes options,
    OptionalInt declaredChecksum)
    implements Layer {
  public static final int HEADER_LENGTH = 20;
  public static final int FIN = 0x01;
  public static final int SYN = 0x02;
  public static final int RST = 0x04;
  public static final int PSH = 0x08;
  public static final int ACK = 0x10;
  public static final int URG = 0x20;

  /** A segment without options; sequence numbers and window are zero. */
  public static Tcp of(int sourcePort, int destinationPort, int flags) {
    return new Tcp(
        sourcePort, destinationPort, 0, 0, flags, 0, 0, Bytes.EMPTY, OptionalInt.empty());
  }

  /** The first segment of a connection. */
  public static Tcp syn(int sourcePort, int destinationPort) {
    return of(sourcePort, destinationPort, SYN);
  }

  public boolean has(int flag) {
    return (flags & flag) == flag;
  }
}
