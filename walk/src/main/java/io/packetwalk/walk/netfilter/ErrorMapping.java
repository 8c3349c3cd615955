package io.packetwalk.walk.netfilter;

import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;

/** Translates ICMP errors with the packet inside them (nf_nat_icmp_reply_translation). */
final class ErrorMapping {
  private ErrorMapping() {}

  static Packet apply(
      Packet error,
      TrackedConnection connection,
      Tracking.Attachment attachment,
      boolean destination) {
    Tuple against = attachment.answering() ? connection.original() : connection.reply();
    Tuple towards = against.inverted();
    Packet outer = outer(error, towards, destination);
    return Headers.carried(error)
        .map(carried -> joined(outer, inner(carried, against, destination)))
        .orElse(outer);
  }

  private static Packet outer(Packet error, Tuple towards, boolean destination) {
    Ip ip = Headers.ip(error);
    Ip changed =
        destination
            ? ip.withAddresses(ip.source(), towards.destination())
            : ip.withAddresses(towards.source(), ip.destination());
    return error.replacing(changed.asLayer());
  }

  /** The carried packet goes the other way: where the error's destination changes, its source. */
  private static Packet inner(Packet carried, Tuple against, boolean destination) {
    return destination
        ? Rewriting.source(carried, against.source(), against.sourcePort())
        : Rewriting.destination(carried, against.destination(), against.destinationPort());
  }

  private static Packet joined(Packet outer, Packet inner) {
    List<Layer> layers = new ArrayList<>(outer.layers().subList(0, 2));
    layers.addAll(inner.layers());
    return new Packet(layers);
  }
}
