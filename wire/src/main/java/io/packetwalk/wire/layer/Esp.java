package io.packetwalk.wire.layer;

/**
 * The readable start of an IP encapsulating security payload (RFC 4303, 2); the rest is encrypted.
 *
 * @param parameterIndex the security parameter index, unsigned
 * @param sequence unsigned
 */
public record Esp(int parameterIndex, int sequence) implements Encapsulation {
  public static final int HEADER_LENGTH = 8;
}
