package io.packetwalk.wire.decode;

/**
 * Something about a layer that should be known and isn't a fault.
 *
 * @param depth the index of the layer in the packet
 */
public record Remark(Kind kind, int depth, LayerKind layer) {

  /** What is remarked. */
  public enum Kind {
    /** Nothing said that this tunnel is here: the bytes look like it. */
    GUESSED,
    /** The checksum is only the pseudo header's: the device was to complete it. */
    CHECKSUM_OFFLOADED,
    /** The total length is zero: the device was to cut the segment and fill it in. */
    SEGMENTATION_OFFLOADED,
    /** Only the start of the packet, as an error message quotes it. */
    QUOTED
  }

  @Override
  public String toString() {
    return switch (kind) {
      case GUESSED -> layer.title() + " is a guess from the bytes";
      case CHECKSUM_OFFLOADED -> layer.title() + " checksum was left to the device";
      case SEGMENTATION_OFFLOADED -> layer.title() + " length was left to the device";
      case QUOTED -> layer.title() + " is quoted by the error message";
    };
  }
}
