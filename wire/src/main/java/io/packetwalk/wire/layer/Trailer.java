package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;

/**
 * Bytes behind the end that a header declared: Ethernet's padding, mostly.
 *
 * @param depth the index, in the packet, of the layer behind whose declared end they are
 */
public record Trailer(int depth, Bytes content) implements Layer {
  public Trailer {
    if (depth < 0) {
      throw new IllegalArgumentException("depth " + depth);
    }
  }
}
