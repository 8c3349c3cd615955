package io.packetwalk.wire.decode;

import io.packetwalk.wire.Bytes;
import java.util.OptionalInt;

/** One layer's bytes, addressed from the start of its header. */
final class View {
  private final byte[] array;
  private final int start;
  private final int header;
  private final int end;

  View(Dissection dissection, int index) {
    array = dissection.bytes();
    start = dissection.offset(index);
    header = dissection.headerLength(index);
    end = dissection.end(index);
  }

  byte[] array() {
    return array;
  }

  /** Where the header begins in the array. */
  int start() {
    return start;
  }

  /** The header's length in bytes. */
  int header() {
    return header;
  }

  /** Where the content ends in the array, exclusive. */
  int end() {
    return end;
  }

  int octet(int offset) {
    return Octets.byteAt(array, start + offset);
  }

  int half(int offset) {
    return Octets.shortAt(array, start + offset);
  }

  int word(int offset) {
    return Octets.intAt(array, start + offset);
  }

  Bytes bytes(int offset, int length) {
    return Bytes.of(array, start + offset, length);
  }

  /** The header's bytes from here on. */
  Bytes rest(int offset) {
    return bytes(offset, header - offset);
  }

  /** In bytes, header and content. */
  int length() {
    return end - start;
  }

  /** A field's value where it isn't the one that encoding computes. */
  static OptionalInt unless(int computed, int found) {
    return computed == found ? OptionalInt.empty() : OptionalInt.of(found);
  }
}
