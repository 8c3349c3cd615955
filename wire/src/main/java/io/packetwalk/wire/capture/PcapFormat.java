package io.packetwalk.wire.capture;

import java.util.Optional;

/**
 * A variant of the pcap format, as its magic number tells it.
 *
 * @param littleEndian the byte order of the machine that wrote it
 * @param clock how the sub-second part of timestamps counts
 * @param recordHeader the length of a record's header, in bytes
 */
record PcapFormat(boolean littleEndian, TimestampClock clock, int recordHeader) {
  private static final int MICROSECONDS = 0xa1b2c3d4;
  private static final int NANOSECONDS = 0xa1b23c4d;

  /** Written by a patched libpcap: each record also has interface, protocol and packet type. */
  private static final int MODIFIED = 0xa1b2cd34;

  /** Written by Navtel's systems: the usual records. */
  private static final int NAVTEL = 0xa12b3c4d;

  private static final int HEADER = 16;
  private static final int MODIFIED_HEADER = 24;

  static Optional<PcapFormat> of(int magic) {
    Optional<PcapFormat> big = inOrder(magic, false);
    return big.isPresent() ? big : inOrder(Integer.reverseBytes(magic), true);
  }

  private static Optional<PcapFormat> inOrder(int magic, boolean littleEndian) {
    return switch (magic) {
      case MICROSECONDS, NAVTEL ->
          Optional.of(new PcapFormat(littleEndian, TimestampClock.MICROSECONDS, HEADER));
      case NANOSECONDS ->
          Optional.of(new PcapFormat(littleEndian, TimestampClock.NANOSECONDS, HEADER));
      case MODIFIED ->
          Optional.of(new PcapFormat(littleEndian, TimestampClock.MICROSECONDS, MODIFIED_HEADER));
      default -> Optional.empty();
    };
  }

  boolean isNanoseconds() {
    return clock.exponent() == 9;
  }
}
