package io.packetwalk.model.openflow;

/** Up to 128 bits of a field's value or mask; narrower values occupy the low end. */
public record Bits(long high, long low) {
  public static final Bits ZERO = new Bits(0, 0);

  public static Bits of(long low) {
    return new Bits(0, low);
  }

  /** The lowest {@code width} bits set. */
  public static Bits ones(int width) {
    if (width >= 128) {
      return new Bits(-1, -1);
    }
    return width > 64
        ? new Bits((1L << (width - 64)) - 1, -1)
        : new Bits(0, width == 64 ? -1 : (1L << width) - 1);
  }

  public boolean isZero() {
    return (high | low) == 0;
  }

  public Bits and(Bits other) {
    return new Bits(high & other.high, low & other.low);
  }

  public Bits or(Bits other) {
    return new Bits(high | other.high, low | other.low);
  }

  public Bits not() {
    return new Bits(~high, ~low);
  }

  /** These bits where the mask is clear, the others where it is set. */
  public Bits merged(Bits value, Bits mask) {
    return and(mask.not()).or(value.and(mask));
  }

  public Bits shiftedLeft(int count) {
    if (count == 0) {
      return this;
    }
    if (count >= 64) {
      return new Bits(count >= 128 ? 0 : low << (count - 64), 0);
    }
    return new Bits(high << count | low >>> (64 - count), low << count);
  }

  public Bits shiftedRight(int count) {
    if (count == 0) {
      return this;
    }
    if (count >= 64) {
      return new Bits(0, count >= 128 ? 0 : high >>> (count - 64));
    }
    return new Bits(high >>> count, low >>> count | high << (64 - count));
  }

  /** Hexadecimal with {@code 0x}, as {@code ovs-ofctl} writes a register. */
  @Override
  public String toString() {
    return high == 0 ? "0x" + Long.toHexString(low) : "0x%x%016x".formatted(high, low);
  }
}
