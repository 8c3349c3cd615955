package io.packetwalk.cli;

import io.packetwalk.capture.CaptureInput;
import io.packetwalk.report.capture.PacketView;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Decoder;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.TunnelPorts;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.layer.Tcp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The first segment of a connection as a capture has it, with everything that is around it. */
final class ProbeOnWire {
  private ProbeOnWire() {}

  /** A line for each header, the innermost ones indented most; empty when it isn't there. */
  static List<String> lines(Path capture, int sourcePort) throws IOException {
    Dissector dissector = new Dissector(TunnelPorts.STANDARD);
    Dissection dissection = new Dissection();
    try (CaptureInput input = CaptureInput.open(capture)) {
      CaptureReader reader = input.reader();
      while (reader.next()) {
        dissector.dissect(
            reader.linkType(),
            reader.buffer(),
            reader.frameOffset(),
            reader.captured(),
            reader.original(),
            dissection);
        Decoded decoded = Decoder.decoded(dissection);
        if (begins(decoded, sourcePort)) {
          return new PacketView(_ -> Optional.empty(), false).block(decoded);
        }
      }
    }
    return List.of();
  }

  private static boolean begins(Decoded decoded, int sourcePort) {
    for (Layer layer : decoded.packet().layers()) {
      if (layer instanceof Tcp tcp
          && tcp.sourcePort() == sourcePort
          && tcp.has(Tcp.SYN)
          && !tcp.has(Tcp.ACK)) {
        return true;
      }
    }
    return false;
  }
}
