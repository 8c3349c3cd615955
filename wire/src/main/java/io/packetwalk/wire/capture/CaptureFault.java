package io.packetwalk.wire.capture;

/**
 * Where and why the reading of a capture ended before its end.
 *
 * @param offset of the damaged header, record or block, in bytes from the start of the
 *     (uncompressed) capture
 * @param required the length or value that is needed or was claimed
 * @param available the length or value that is there
 */
public record CaptureFault(Reason reason, long offset, long required, long available) {

  /** Why reading ended. */
  public enum Reason {
    /** The first bytes aren't those of a format that is read. */
    NOT_A_CAPTURE,
    /** The capture ends inside its header, a record or a block. */
    TRUNCATED,
    /** A record or block claims a length that no capture has. */
    TOO_LONG,
    /** A length contradicts what it contains. */
    INCONSISTENT_LENGTH,
    /** A packet names an interface that wasn't described. */
    UNKNOWN_INTERFACE,
    /** A pcapng section header's byte-order magic is neither order's. */
    BYTE_ORDER
  }

  @Override
  public String toString() {
    String what =
        switch (reason) {
          case NOT_A_CAPTURE -> "not a pcap or pcapng capture";
          case TRUNCATED -> "cut off: %d bytes needed, %d there".formatted(required, available);
          case TOO_LONG ->
              "claims %d bytes, more than the %d that are read".formatted(required, available);
          case INCONSISTENT_LENGTH ->
              "lengths contradict each other: %d and %d".formatted(required, available);
          case UNKNOWN_INTERFACE ->
              "interface %d of %d described ones".formatted(required, available);
          case BYTE_ORDER -> "byte-order magic 0x%08x".formatted(available);
        };
    return "at byte " + offset + ": " + what;
  }
}
