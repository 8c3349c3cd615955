package io.packetwalk.model.openflow;

/**
 * A field that flows match and set: a span of bits in the vector that describes a packet inside a
 * switch.
 *
 * <p>Fields may share their bits, as in Open vSwitch's {@code struct flow}: {@code xreg0} is {@code
 * reg0} and {@code reg1}, {@code icmp_type} is where {@code tp_src} is. A field of more than 64
 * bits occupies two whole words, the higher half first.
 *
 * @param name the name that {@code ovs-ofctl} prints in matches
 * @param word the first of the vector's 64-bit words that it has a part in
 * @param shift how far its lowest bit is from the lowest of that word; 0 for the wide ones
 * @param width in bits
 */
public record FlowField(
    String name, int word, int shift, int width, FieldFormat format, Prerequisite prerequisite) {

  public FlowField {
    boolean narrow = width <= 64 && shift + width <= 64;
    if (width < 1 || !(narrow || (width <= 128 && shift == 0))) {
      throw new IllegalArgumentException("a field crosses words: " + name);
    }
  }

  public boolean isWide() {
    return width > 64;
  }

  /** All of the field's bits. */
  public Bits ones() {
    return Bits.ones(width);
  }

  /** Whether both have a bit in common. */
  public boolean overlaps(FlowField other) {
    int end = word + (isWide() ? 2 : 1);
    int otherEnd = other.word + (other.isWide() ? 2 : 1);
    if (word >= otherEnd || other.word >= end) {
      return false;
    }
    return isWide()
        || other.isWide()
        || (shift < other.shift + other.width && other.shift < shift + width);
  }

  @Override
  public String toString() {
    return name;
  }
}
