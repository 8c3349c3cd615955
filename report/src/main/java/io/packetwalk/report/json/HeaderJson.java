package io.packetwalk.report.json;

import io.packetwalk.report.packet.Field;
import io.packetwalk.report.packet.Header;
import tools.jackson.core.JsonGenerator;

/** A packet's headers as JSON. */
final class HeaderJson {
  private HeaderJson() {}

  static void write(Header header, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("type", header.type());
    header.fields().forEach(field -> write(field, json));
    json.writeEndObject();
  }

  private static void write(Field field, JsonGenerator json) {
    switch (field.value()) {
      case Field.Whole number -> json.writeNumberProperty(field.name(), number.value());
      case Field.Text text -> json.writeStringProperty(field.name(), text.value());
      case Field.Flag flag -> json.writeBooleanProperty(field.name(), flag.value());
      case Field.Unknown unknown -> json.writeNullProperty(field.name());
      case Field.Names names -> {
        json.writeArrayPropertyStart(field.name());
        names.values().forEach(json::writeString);
        json.writeEndArray();
      }
    }
  }
}
