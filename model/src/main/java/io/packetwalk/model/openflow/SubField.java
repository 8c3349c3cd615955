package io.packetwalk.model.openflow;

/**
 * Some bits of a field: {@code NXM_NX_REG0[0..15]}.
 *
 * @param first the lowest bit, counted from the field's lowest
 * @param width how many
 */
public record SubField(FlowField field, int first, int width) {
  public SubField {
    if (first < 0 || width < 1 || first + width > field.width()) {
      throw new IllegalArgumentException("no such bits in " + field.name());
    }
  }

  public static SubField whole(FlowField field) {
    return new SubField(field, 0, field.width());
  }

  /** The bits of the field that this has. */
  public Bits mask() {
    return Bits.ones(width).shiftedLeft(first);
  }

  @Override
  public String toString() {
    if (width == field.width()) {
      return field.name();
    }
    return width == 1
        ? "%s[%d]".formatted(field.name(), first)
        : "%s[%d..%d]".formatted(field.name(), first, first + width - 1);
  }
}
