package io.packetwalk.correlate.place;

import io.packetwalk.capture.tap.MergedCaptures;
import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapBook;
import io.packetwalk.model.Snapshot;
import io.packetwalk.wire.MacAddress;
import io.packetwalk.wire.capture.CaptureReader;
import io.packetwalk.wire.decode.Dissection;
import io.packetwalk.wire.decode.Dissector;
import io.packetwalk.wire.decode.TunnelPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The guess where captures were taken that don't say it: at the device whose addresses fit their
 * frames best. Where two devices fit as well, the file's name decides, and without that nothing is
 * guessed.
 */
public final class Placing {
  /** These many frames of a capture show who talks there. */
  private static final int MOST_FRAMES = 4000;

  private Placing() {}

  /** Reads the beginnings of the captures that don't say where they were taken. */
  public static Map<TapBook.TapKey, Tap> of(
      MergedCaptures captures, TapBook book, TunnelPorts ports, Snapshot snapshot) {
    Map<TapBook.TapKey, Clues> unknown = new LinkedHashMap<>();
    Dissector dissector = new Dissector(ports);
    Dissection frame = new Dissection();
    for (int capture = 0; capture < captures.count(); capture++) {
      for (int count = 0; count < MOST_FRAMES && captures.next(capture); count++) {
        CaptureReader reader = captures.reader();
        if (book.isNamed(capture, reader)) {
          continue;
        }
        dissector.dissect(
            reader.linkType(),
            reader.buffer(),
            reader.frameOffset(),
            reader.captured(),
            reader.original(),
            frame);
        TapBook.TapKey key =
            new TapBook.TapKey(capture, reader.interfaceIndex(), OptionalInt.empty());
        unknown.computeIfAbsent(key, _ -> new Clues()).frame(frame, reader.nanoseconds());
      }
    }
    return distinct(new Candidates(snapshot), unknown, book);
  }

  private static Map<TapBook.TapKey, Tap> distinct(
      Candidates candidates, Map<TapBook.TapKey, Clues> unknown, TapBook book) {
    Map<Tap, List<TapBook.TapKey>> claims = new LinkedHashMap<>();
    unknown.forEach((key, clues) ->
        candidates
            .best(clues, book.file(key.capture()))
            .ifPresent(
                tap -> claims.computeIfAbsent(nameless(tap), _ -> new ArrayList<>()).add(key)));
    Map<TapBook.TapKey, Tap> guesses = new LinkedHashMap<>();
    claims.forEach((tap, keys) -> {
      if (keys.size() == 1) {
        guesses.put(keys.getFirst(), named(tap, keys.getFirst(), book));
      } else if (keys.size() == 2) {
        ends(candidates, tap, keys.getFirst(), keys.getLast(), unknown, book, guesses);
      }
    });
    return guesses;
  }

  /**
   * Two captures at one device: one of them may have been taken at the other end of its cable,
   * which is the one that sees the pod's packets later. Otherwise a guess would be wrong.
   */
  private static void ends(
      Candidates candidates,
      Tap pod,
      TapBook.TapKey first,
      TapBook.TapKey second,
      Map<TapBook.TapKey, Clues> unknown,
      TapBook book,
      Map<TapBook.TapKey, Tap> guesses) {
    Optional<Tap> node = candidates.otherEnd(pod);
    Optional<MacAddress> sender = candidates.mac(pod);
    Clues here = unknown.get(first);
    Clues there = unknown.get(second);
    if (node.isEmpty() || sender.isEmpty() || here == null || there == null) {
      return;
    }
    int lead = here.lead(there, sender.get());
    if (lead != 0) {
      guesses.put(lead > 0 ? first : second, named(pod, lead > 0 ? first : second, book));
      guesses.put(lead > 0 ? second : first, named(node.get(), lead > 0 ? second : first, book));
    }
  }

  private static Tap nameless(Tap tap) {
    return new Tap(tap.place(), tap.device(), tap.placement(), "");
  }

  private static Tap named(Tap tap, TapBook.TapKey key, TapBook book) {
    return new Tap(tap.place(), tap.device(), tap.placement(), book.file(key.capture()).shown());
  }
}
