package io.packetwalk.wire;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable sequence of bytes with value equality. */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the array, so that later changes to it aren't seen here. */
  public static Bytes of(byte... content) {
    return content.length == 0 ? EMPTY : new Bytes(content.clone());
  }

  /** Copies {@code length} bytes from {@code offset}. */
  public static Bytes of(byte[] content, int offset, int length) {
    return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(content, offset, offset + length));
  }

  public static Bytes zeros(int length) {
    return length == 0 ? EMPTY : new Bytes(new byte[length]);
  }

  /** Parses pairs of hexadecimal digits, as in {@code 0a1bff}. */
  public static Bytes fromHex(String digits) {
    return new Bytes(HexFormat.of().parseHex(digits));
  }

  public int length() {
    return content.length;
  }

  /** The unsigned value of the byte at this index, 0 to 255. */
  public int at(int index) {
    return content[index] & 0xff;
  }

  public Bytes slice(int offset, int length) {
    return of(content, offset, length);
  }

  /** Copies everything to where {@code offset} is in the target. */
  public void copyTo(byte[] target, int offset) {
    System.arraycopy(content, 0, target, offset, content.length);
  }

  public byte[] toArray() {
    return content.clone();
  }

  public String toHex() {
    return HexFormat.of().formatHex(content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return toHex();
  }
}
