package io.packetwalk.correlate;

import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Tcp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The frame that a tap would have shown: headers as predicted for its place, with what the packet
 * carries itself, as it was seen elsewhere. A prediction is of a connection's first segment; the
 * packet may be a later one.
 */
final class ExpectedFrame {
  private ExpectedFrame() {}

  static Packet of(Packet predicted, Optional<Packet> seen) {
    Optional<Tcp> segment = seen.flatMap(packet -> packet.last(Tcp.class));
    Optional<Payload> payload = seen.flatMap(packet -> packet.last(Payload.class));
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : predicted.layers()) {
      if (!(layer instanceof Payload)) {
        layers.add(
            layer instanceof Tcp tcp ? segment.map(own -> with(tcp, own)).orElse(tcp) : layer);
      }
    }
    payload.or(() -> predicted.last(Payload.class)).ifPresent(layers::add);
    return new Packet(layers);
  }

  private static Tcp with(Tcp predicted, Tcp seen) {
    return new Tcp(
        predicted.sourcePort(),
        predicted.destinationPort(),
        seen.sequence(),
        seen.acknowledgment(),
        seen.flags(),
        seen.window(),
        seen.urgentPointer(),
        seen.options(),
        predicted.declaredChecksum());
  }
}
