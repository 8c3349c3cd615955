package io.packetwalk.correlate;

/**
 * A field of a packet's headers that isn't as it was predicted.
 *
 * @param header such as {@code ipv4}; {@code outer ipv4} where there are several
 */
public record Difference(String header, Field field, String predicted, String seen) {
  /** Which field. */
  public enum Field {
    /** The row of headers: another encapsulation, or none. */
    HEADERS,
    MAC_SOURCE,
    MAC_DESTINATION,
    SOURCE,
    DESTINATION,
    HOP_LIMIT,
    PROTOCOL,
    SOURCE_PORT,
    DESTINATION_PORT,
    IDENTIFIER,
    /** A checksum that the receiver will not accept. */
    CHECKSUM
  }

  /** Whether it says that the packet goes another way, or to somebody else. */
  public boolean isGrave() {
    return switch (field) {
      case HEADERS, SOURCE, DESTINATION, PROTOCOL, DESTINATION_PORT, IDENTIFIER, MAC_DESTINATION ->
          true;
      case MAC_SOURCE, HOP_LIMIT, SOURCE_PORT, CHECKSUM -> false;
    };
  }
}
