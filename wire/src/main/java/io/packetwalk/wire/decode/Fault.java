package io.packetwalk.wire.decode;

/**
 * A contradiction that a packet contains, or a part of it that isn't there.
 *
 * @param layer the header that is at fault
 * @param offset where that header begins, in bytes from the start of the frame
 * @param required in bytes what the header needs or claims; for {@link Reason#CHECKSUM} the right
 *     checksum; for {@link Reason#VERSION} the version that was expected
 * @param available in bytes what there is; for {@link Reason#CHECKSUM} and {@link Reason#VERSION}
 *     the value that was found
 */
public record Fault(Reason reason, LayerKind layer, int offset, long required, long available) {

  /** Why a fault was recorded. */
  public enum Reason {
    /** The capture holds fewer bytes than the frame had. */
    CUT_BY_CAPTURE,
    /** A header, or the length that it claims, goes beyond what encloses it. */
    BEYOND_END,
    /** A length field is smaller than the header that contains it. */
    LENGTH_TOO_SMALL,
    /** A version field has another value than this kind of header has. */
    VERSION,
    /** The checksum isn't that of the content. */
    CHECKSUM,
    /** Headers are nested deeper than is followed. */
    TOO_DEEP,
    /** The frame's link type isn't known; {@code available} is its number. */
    LINK_TYPE
  }

  @Override
  public String toString() {
    return switch (reason) {
      case CUT_BY_CAPTURE ->
          "%s at %d is cut by the capture: %d of %d bytes"
              .formatted(layer.title(), offset, available, required);
      case BEYOND_END ->
          "%s at %d needs %d bytes, there are %d"
              .formatted(layer.title(), offset, required, available);
      case LENGTH_TOO_SMALL ->
          "%s at %d declares a length of %d, less than %d"
              .formatted(layer.title(), offset, available, required);
      case VERSION ->
          "%s at %d has version %d instead of %d"
              .formatted(layer.title(), offset, available, required);
      case CHECKSUM ->
          "%s at %d has checksum 0x%x instead of 0x%x"
              .formatted(layer.title(), offset, available, required);
      case TOO_DEEP -> "more than %d headers, at %d".formatted(required, offset);
      case LINK_TYPE -> "link type %d isn't understood".formatted(available);
    };
  }
}
