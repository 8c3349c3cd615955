package io.packetwalk.report.capture;

import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.capture.Frame;
import io.packetwalk.wire.decode.Decoded;
import io.packetwalk.wire.decode.Fault;
import io.packetwalk.wire.decode.LayerKind;
import io.packetwalk.wire.decode.Remark;
import io.packetwalk.wire.layer.Ip;
import io.packetwalk.wire.layer.Layer;
import io.packetwalk.wire.message.Message;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A captured packet as one line of JSON. */
public final class PacketJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private PacketJson() {}

  /**
   * The line, without its end.
   *
   * @param number the frame's number in its file, from 1
   * @param device the name of the interface that saw it; may be empty
   */
  public static String line(
      String file,
      long number,
      String device,
      Frame frame,
      Decoded decoded,
      Function<IpAddress, Optional<String>> names) {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("file", file);
      json.writeNumberProperty("number", number);
      json.writeNumberProperty("nanoseconds", frame.nanoseconds());
      json.writeStringProperty("interface", device);
      json.writeNumberProperty("captured", frame.content().length());
      json.writeNumberProperty("length", frame.originalLength());
      writeLayers(decoded, names, json);
      Message.of(decoded.packet()).ifPresent(message -> writeMessage(message, json));
      writeFaults(decoded.faults(), json);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void writeLayers(
      Decoded decoded, Function<IpAddress, Optional<String>> names, JsonGenerator json) {
    json.writeArrayPropertyStart("layers");
    List<Layer> layers = decoded.packet().layers();
    for (int depth = 0; depth < layers.size(); depth++) {
      json.writeStartObject();
      LayerFields.of(layers.get(depth)).forEach((name, value) -> write(name, value, json));
      if (layers.get(depth) instanceof Ip ip) {
        names.apply(ip.source()).ifPresent(name -> write("source_name", name, json));
        names.apply(ip.destination()).ifPresent(name -> write("destination_name", name, json));
      }
      for (Remark remark : decoded.remarks()) {
        if (remark.depth() == depth) {
          json.writeBooleanProperty(remark.kind().name().toLowerCase(Locale.ROOT), true);
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeMessage(Message message, JsonGenerator json) {
    json.writeArrayPropertyStart("message");
    message.lines().forEach(json::writeString);
    json.writeEndArray();
  }

  private static void writeFaults(List<Fault> faults, JsonGenerator json) {
    json.writeArrayPropertyStart("faults");
    for (Fault fault : faults) {
      json.writeStartObject();
      json.writeStringProperty("reason", fault.reason().name().toLowerCase(Locale.ROOT));
      json.writeStringProperty("layer", layer(fault.layer()));
      json.writeNumberProperty("offset", fault.offset());
      json.writeNumberProperty("required", fault.required());
      json.writeNumberProperty("available", fault.available());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String layer(LayerKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static void write(String name, Object value, JsonGenerator json) {
    switch (value) {
      case Boolean flag -> json.writeBooleanProperty(name, flag);
      case Integer number -> json.writeNumberProperty(name, number);
      case Long number -> json.writeNumberProperty(name, number);
      case List<?> texts -> {
        json.writeArrayPropertyStart(name);
        texts.forEach(text -> json.writeString(text.toString()));
        json.writeEndArray();
      }
      default -> json.writeStringProperty(name, value.toString());
    }
  }
}
