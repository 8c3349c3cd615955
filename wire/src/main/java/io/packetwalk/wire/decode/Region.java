package io.packetwalk.wire.decode;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;

/**
 * The part of a frame that one layer and its content take while they are written: offsets count
 * from the start of the layer's header.
 */
final class Region {
  private final byte[] frame;
  private final int start;
  private final int end;

  Region(byte[] frame, int start, int end) {
    this.frame = frame;
    this.start = start;
    this.end = end;
  }

  byte[] frame() {
    return frame;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int length() {
    return end - start;
  }

  void octet(int offset, int value) {
    frame[start + offset] = (byte) value;
  }

  void half(int offset, int value) {
    octet(offset, value >>> 8);
    octet(offset + 1, value);
  }

  void word(int offset, int value) {
    half(offset, value >>> 16);
    half(offset + 2, value);
  }

  void doubleWord(int offset, long value) {
    word(offset, (int) (value >>> 32));
    word(offset + 4, (int) value);
  }

  void bytes(int offset, Bytes value) {
    value.copyTo(frame, start + offset);
  }

  void mac(int offset, MacAddress address) {
    half(offset, (int) (address.bits() >>> 32));
    word(offset + 2, (int) address.bits());
  }

  void address(int offset, IpAddress address) {
    bytes(offset, address.toBytes());
  }

  /** The Internet checksum of everything here, with what is summed elsewhere. */
  int checksum(int length, long elsewhere) {
    return Checksum.complement(elsewhere + Checksum.sum(frame, start, start + length));
  }
}
