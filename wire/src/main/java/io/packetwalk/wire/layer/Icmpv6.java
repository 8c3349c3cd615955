package io.packetwalk.wire.layer;

import java.util.OptionalInt;

/**
 * An ICMPv6 header (RFC 4443). An error message is followed by the layers of the packet that caused
 * it; neighbour discovery's body (RFC 4861) follows as {@link Payload}.
 *
 * @param rest the second word: identifier and sequence number of an echo, MTU of a packet-too-big
 *     error
 * @param declaredChecksum the checksum where it isn't the right one; empty otherwise
 */
public record Icmpv6(int type, int code, int rest, OptionalInt declaredChecksum) implements Layer {
  public static final int HEADER_LENGTH = 8;
  public static final int DESTINATION_UNREACHABLE = 1;
  public static final int PACKET_TOO_BIG = 2;
  public static final int TIME_EXCEEDED = 3;
  public static final int PARAMETER_PROBLEM = 4;
  public static final int ECHO_REQUEST = 128;
  public static final int ECHO_REPLY = 129;
  public static final int NEIGHBOUR_SOLICITATION = 135;
  public static final int NEIGHBOUR_ADVERTISEMENT = 136;

  public static Icmpv6 of(int type, int code, int rest) {
    return new Icmpv6(type, code, rest, OptionalInt.empty());
  }

  public int identifier() {
    return rest >>> 16;
  }

  public int sequence() {
    return rest & 0xffff;
  }

  /** Whether the message carries the beginning of the packet that caused it. */
  public boolean isError() {
    return isError(type);
  }

  /** Whether messages of this type carry the beginning of the packet that caused them. */
  public static boolean isError(int type) {
    return type >= DESTINATION_UNREACHABLE && type <= PARAMETER_PROBLEM;
  }
}
