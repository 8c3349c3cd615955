package io.packetwalk.cli.flows;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object of names and plain values; whatever is nested in it is passed over. */
final class FlatJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private FlatJson() {}

  /** A value as text, and whether it was written as a number. */
  record Scalar(String text, boolean isNumber) {}

  /** The values by their names, those that are null left out. */
  static Map<String, Scalar> members(String line) throws FlowFault {
    Map<String, Scalar> members = new LinkedHashMap<>();
    try (JsonParser json = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new FlowFault("not a JSON object");
      }
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (value == JsonToken.START_OBJECT || value == JsonToken.START_ARRAY) {
          json.skipChildren();
        } else if (value != JsonToken.VALUE_NULL) {
          members.put(name, new Scalar(json.getString(), value.isNumeric()));
        }
      }
      if (json.nextToken() != null) {
        throw new FlowFault("more than one JSON value");
      }
    } catch (JacksonException broken) {
      throw new FlowFault("not JSON: " + broken.getOriginalMessage());
    }
    return members;
  }
}
