package io.packetwalk.proof.observed;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.correlate.Reading;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.correlate.match.Part;
import io.packetwalk.correlate.match.Quality;
import io.packetwalk.correlate.match.SeenPacket;
import io.packetwalk.model.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Every packet that some captures hold, as the correlation recognises it. */
record Captured(List<Packet> packets, Taps taps) {

  /** A packet, and where it was seen in order. */
  record Packet(long id, Quality quality, long cause, List<Sighting> seen) {
    Flow flow() {
      return seen.getFirst().flow();
    }

    int length() {
      return seen.getFirst().length();
    }
  }

  record Sighting(Tap tap, int number, long frame, Flow flow, int length, Part part) {
    String where() {
      return tap.place() + " " + tap.device();
    }
  }

  /** Reads the captures in a folder. */
  static Captured read(Path folder, Snapshot snapshot) throws IOException {
    Captures captures = new Captures(folder, snapshot);
    TapBook book = captures.book();
    List<Packet> packets = new ArrayList<>();
    Taps taps =
        captures.read(book, packet -> packets.add(packet(packet, book)), Reading.FrameWatch.NONE);
    return new Captured(packets, taps);
  }

  private static Packet packet(SeenPacket packet, TapBook book) {
    List<Sighting> seen = new ArrayList<>();
    for (int index = 0; index < packet.count(); index++) {
      seen.add(
          new Sighting(
              book.tap(packet.tap(index)),
              packet.tap(index),
              packet.frame(index),
              packet.flowOf(packet.flow(index)),
              packet.length(index),
              packet.part(index)));
    }
    return new Packet(packet.id(), packet.quality(), packet.cause(), seen);
  }
}
