package io.packetwalk.wire.decode;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Trailer;
import java.util.List;

/**
 * The writer of packets: values become a frame's bytes. Lengths and checksums are computed, unless
 * a layer declares another one.
 */
public final class Encoder {
  private Encoder() {}

  /** The packet's bytes, as they are on the wire. */
  public static Bytes encode(Packet packet) {
    List<Layer> layers = packet.layers();
    byte[] frame = new byte[layers.stream().mapToInt(HeaderLength::of).sum()];
    int[] ends = new int[layers.size()];
    int end = frame.length;
    for (int depth = 0; depth < ends.length; depth++) {
      end -= placeTrailers(layers, depth, frame, end);
      ends[depth] = end;
    }
    for (int depth = layers.size() - 1; depth >= 0; depth--) {
      Layer layer = layers.get(depth);
      if (!(layer instanceof Trailer)) {
        end -= HeaderLength.of(layer);
        new LayerWriter(frame, end, ends[depth], layers.subList(0, depth)).write(layer);
      }
    }
    return Bytes.of(frame);
  }

  /** Writes what is behind the layer of this depth so that it ends there; says how long it is. */
  private static int placeTrailers(List<Layer> layers, int depth, byte[] frame, int end) {
    int length = 0;
    for (Layer layer : layers) {
      if (layer instanceof Trailer trailer && trailer.depth() == depth) {
        length += trailer.content().length();
        trailer.content().copyTo(frame, end - length);
      }
    }
    return length;
  }
}
