package io.packetwalk.wire.layer;

import java.util.OptionalInt;

/**
 * An ICMP header (RFC 792). An error message is followed by the layers of the packet that caused
 * it.
 *
 * @param rest the second word: identifier and sequence number of an echo, next-hop MTU of a
 *     fragmentation-needed error
 * @param declaredChecksum the checksum where it isn't the right one; empty otherwise
 */
public record Icmp(int type, int code, int rest, OptionalInt declaredChecksum) implements Layer {
  public static final int HEADER_LENGTH = 8;
  public static final int ECHO_REPLY = 0;
  public static final int DESTINATION_UNREACHABLE = 3;
  public static final int SOURCE_QUENCH = 4;
  public static final int REDIRECT = 5;
  public static final int ECHO_REQUEST = 8;
  public static final int TIME_EXCEEDED = 11;
  public static final int PARAMETER_PROBLEM = 12;

  public static Icmp of(int type, int code, int rest) {
    return new Icmp(type, code, rest, OptionalInt.empty());
  }

  public static Icmp echoRequest(int identifier, int sequence) {
    return of(ECHO_REQUEST, 0, identifier << 16 | sequence);
  }

  /** The upper half of the second word: an echo's identifier. */
  public int identifier() {
    return rest >>> 16;
  }

  /** The lower half of the second word: an echo's sequence number, or a next-hop MTU. */
  public int sequence() {
    return rest & 0xffff;
  }

  /** Whether the message carries the beginning of the packet that caused it. */
  public boolean isError() {
    return isError(type);
  }

  /** Whether messages of this type carry the beginning of the packet that caused them. */
  public static boolean isError(int type) {
    return switch (type) {
      case DESTINATION_UNREACHABLE, SOURCE_QUENCH, REDIRECT, TIME_EXCEEDED, PARAMETER_PROBLEM ->
          true;
      default -> false;
    };
  }
}
