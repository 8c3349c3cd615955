package io.packetwalk.report.json;

import io.packetwalk.model.Source;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** A JSON document in the making. */
public final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().characterEscapes(new SafeEscapes()).build();

  private JsonText() {}

  /**
   * The document that {@code content} writes, without a line end.
   *
   * @param indented on many lines; on a single one otherwise
   */
  public static String of(boolean indented, Consumer<JsonGenerator> content) {
    StringWriter text = new StringWriter();
    ObjectWriteContext context = indented ? new Indented() : ObjectWriteContext.empty();
    try (JsonGenerator generator = FACTORY.createGenerator(context, text)) {
      content.accept(generator);
    }
    return text.toString();
  }

  /** Writes lines of the state as an array of {@code file}, {@code line} and {@code text}. */
  public static void sources(String name, List<Source> sources, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    for (Source source : sources) {
      json.writeStartObject();
      source(source, json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** Writes a line of the state as members of the object that is being written. */
  public static void source(Source source, JsonGenerator json) {
    json.writeStringProperty("file", source.file());
    json.writeNumberProperty("line", source.line());
    json.writeStringProperty("text", source.text());
  }

  private static final class Indented extends ObjectWriteContext.Base {
    private static final DefaultIndenter LINE_FEED = new DefaultIndenter("  ", "\n");
    private static final Separators SEPARATORS =
        Separators.createDefaultInstance()
            .withObjectNameValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("");

    @Override
    public @Nullable PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter(SEPARATORS)
          .withObjectIndenter(LINE_FEED)
          .withArrayIndenter(LINE_FEED);
    }

    @Override
    public boolean hasPrettyPrinter() {
      return true;
    }
  }
}
