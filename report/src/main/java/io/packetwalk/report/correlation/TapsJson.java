package io.packetwalk.report.correlation;

import io.packetwalk.capture.tap.Tap;
import io.packetwalk.capture.tap.TapLife;
import io.packetwalk.correlate.Taps;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The taps of a correlation as an array of objects. */
final class TapsJson {
  private TapsJson() {}

  static void write(Taps taps, JsonGenerator json) {
    json.writeArrayPropertyStart("taps");
    for (int number = 0; number < taps.taps().size(); number++) {
      Tap tap = taps.tap(number);
      TapLife life = taps.life(number);
      json.writeStartObject();
      json.writeStringProperty("node", tap.place().node());
      json.writeStringProperty("namespace", tap.place().name());
      json.writeStringProperty("device", tap.device());
      json.writeStringProperty("capture", tap.capture());
      json.writeStringProperty("placed_by", tap.placement().name().toLowerCase(Locale.ROOT));
      json.writeNumberProperty("frames", life.frames());
      if (life.dropped().isPresent()) {
        json.writeNumberProperty("dropped", life.dropped().getAsLong());
      } else {
        json.writeNullProperty("dropped");
      }
      json.writeNumberProperty("cut", life.cut());
      json.writeBooleanProperty("damaged", life.damaged());
      json.writeStringProperty("filter", life.filter());
      time("running_from", life.first(), Long.MAX_VALUE, json);
      time("running_until", life.last(), Long.MIN_VALUE, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void time(String name, long time, long unknown, JsonGenerator json) {
    if (time == unknown) {
      json.writeNullProperty(name);
    } else {
      json.writeNumberProperty(name, time);
    }
  }
}
