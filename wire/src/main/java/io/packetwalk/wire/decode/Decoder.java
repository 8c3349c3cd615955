package io.packetwalk.wire.decode;

import io.packetwalk.wire.Bytes;
import io.packetwalk.wire.LinkType;
import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Packet;
import io.packetwalk.wire.layer.Payload;
import io.packetwalk.wire.layer.Trailer;
import java.util.ArrayList;
import java.util.List;

/**
 * The reader of packets: a frame's bytes become values, with a fault for whatever contradicts
 * itself.
 *
 * <p>Encoding is the inverse for every frame without faults. No input makes it throw.
 */
public final class Decoder {
  private final Dissector dissector;

  /** A decoder for tunnels on their usual ports. */
  public Decoder() {
    this(TunnelPorts.STANDARD);
  }

  public Decoder(TunnelPorts ports) {
    dissector = new Dissector(ports);
  }

  /** Decodes a frame of a capture. */
  public Decoded decode(Frame frame) {
    return decode(frame.linkType(), frame.content(), frame.originalLength());
  }

  /** Decodes a whole frame. */
  public Decoded decode(LinkType link, Bytes frame) {
    return decode(link, frame, frame.length());
  }

  /**
   * Decodes a frame of which the capture may hold only the beginning.
   *
   * @param originalLength the frame's length on the wire, in bytes
   */
  public Decoded decode(LinkType link, Bytes frame, int originalLength) {
    Dissection dissection = new Dissection();
    byte[] bytes = frame.toArray();
    dissector.dissect(
        link, bytes, 0, bytes.length, Math.max(bytes.length, originalLength), dissection);
    return decoded(dissection);
  }

  /** The values of what was dissected. */
  public static Decoded decoded(Dissection dissection) {
    List<Layer> layers = new ArrayList<>();
    for (int index = 0; index < dissection.count(); index++) {
      layers.add(LayerReader.read(dissection, index, layers));
    }
    List<Fault> faults = new ArrayList<>();
    for (int index = 0; index < dissection.faultCount(); index++) {
      faults.add(dissection.fault(index));
    }
    List<Remark> remarks = new ArrayList<>();
    new Inspection(dissection, layers, faults, remarks).inspect();
    addRest(dissection, layers);
    return new Decoded(new Packet(layers), faults, remarks);
  }

  private static void addRest(Dissection dissection, List<Layer> layers) {
    byte[] bytes = dissection.bytes();
    int payload = dissection.payloadEnd() - dissection.payloadOffset();
    if (payload > 0 || layers.isEmpty()) {
      layers.add(new Payload(Bytes.of(bytes, dissection.payloadOffset(), payload)));
    }
    for (int index = dissection.count() - 1; index >= 0; index--) {
      int end = dissection.end(index);
      int around =
          index == 0 ? dissection.start() + dissection.captured() : dissection.end(index - 1);
      if (end < around) {
        layers.add(new Trailer(index, Bytes.of(bytes, end, around - end)));
      }
    }
  }
}
