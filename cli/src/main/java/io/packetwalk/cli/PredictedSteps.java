package io.packetwalk.cli;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Trajectory;
import io.packetwalk.correlate.Way;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the prediction says of each sighting of a comparison's packets. */
final class PredictedSteps {
  private PredictedSteps() {}

  /** By the packets' numbers and their sightings. */
  static Map<Long, Map<MergedPcapng.Sighting, String>> of(Comparison comparison) {
    Map<Long, Map<MergedPcapng.Sighting, String>> steps = new LinkedHashMap<>();
    comparison.requests().forEach(way -> steps.put(way.trajectory().id(), of(way, "request")));
    comparison.replies().forEach(way -> steps.put(way.trajectory().id(), of(way, "reply")));
    for (Trajectory error : comparison.errors()) {
      Map<MergedPcapng.Sighting, String> comments = new LinkedHashMap<>();
      error.seen().forEach(seen -> comments.put(key(seen), "about packet " + error.cause()));
      steps.put(error.id(), comments);
    }
    return steps;
  }

  private static Map<MergedPcapng.Sighting, String> of(Way way, String what) {
    Map<MergedPcapng.Sighting, String> comments = new LinkedHashMap<>();
    way.trajectory().seen().forEach(seen -> comments.put(key(seen), what + ", not predicted here"));
    way.beside().forEach(seen -> comments.put(key(seen), what + ", outside the prediction"));
    for (int index = 0; index < way.hops().size(); index++) {
      Hop hop = way.hops().get(index);
      if (hop.sight() instanceof Sight.There there) {
        comments.put(
            key(there.seen()),
            "%s, predicted step %d of %d: %s"
                .formatted(what, index + 1, way.hops().size(), hop.step().decision()));
      }
    }
    return comments;
  }

  private static MergedPcapng.Sighting key(Seen seen) {
    return new MergedPcapng.Sighting(seen.tap(), seen.frame());
  }
}
