package io.packetwalk.report.json;

import io.packetwalk.walk.seen.Seen;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What a state shows of packets like the one that was walked. */
final class SeenJson {
  private SeenJson() {}

  /** Writes nothing where nothing was seen. */
  static void write(List<Seen> seen, JsonGenerator json) {
    if (seen.isEmpty()) {
      return;
    }
    json.writeArrayPropertyStart("seen");
    for (Seen each : seen) {
      json.writeStartObject();
      json.writeStringProperty("node", each.sighting().place().node());
      json.writeStringProperty("namespace", each.sighting().place().name());
      each.sighting().device().ifPresent(device -> json.writeStringProperty("device", device));
      json.writeStringProperty("what", each.sighting().text());
      json.writeStringProperty("bearing", Words.of(each.bearing()));
      JsonText.sources("evidence", List.of(each.sighting().source()), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
