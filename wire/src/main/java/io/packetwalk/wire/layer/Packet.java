package io.packetwalk.wire.layer;

import io.packetwalk.wire.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A packet as its headers, outermost first, with whatever follows them as {@link Payload}. */
public record Packet(List<Layer> layers) {
  public Packet {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a packet has at least one layer");
    }
  }

  public static Packet of(Layer... layers) {
    return new Packet(List.of(layers));
  }

  public Layer outermost() {
    return layers.getFirst();
  }

  /** The outermost layer of this kind. */
  public <L extends Layer> Optional<L> first(Class<L> kind) {
    return layers.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** The innermost layer of this kind. */
  public <L extends Layer> Optional<L> last(Class<L> kind) {
    return layers.reversed().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** This packet inside one more header. */
  public Packet within(Layer outer) {
    List<Layer> nested = new ArrayList<>(layers.size() + 1);
    nested.add(outer);
    layers.forEach(layer -> nested.add(deeper(layer, 1)));
    return new Packet(nested);
  }

  /** What remains when the outermost {@code count} headers are taken off. */
  public Packet without(int count) {
    List<Layer> inner = new ArrayList<>(layers.size() - count);
    for (Layer layer : layers.subList(count, layers.size())) {
      if (!(layer instanceof Trailer trailer) || trailer.depth() >= count) {
        inner.add(deeper(layer, -count));
      }
    }
    return new Packet(inner);
  }

  private static Layer deeper(Layer layer, int change) {
    return layer instanceof Trailer(int depth, Bytes content)
        ? new Trailer(depth + change, content)
        : layer;
  }

  /** This packet with another outermost header. */
  public Packet replacing(Layer outermost) {
    return replacing(0, outermost);
  }

  /** This packet with another header at this depth. */
  public Packet replacing(int index, Layer layer) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(index, layer);
    return new Packet(changed);
  }
}
