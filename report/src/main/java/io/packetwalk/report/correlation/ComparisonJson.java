package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Comparison;
import io.packetwalk.correlate.Difference;
import io.packetwalk.correlate.Hop;
import io.packetwalk.correlate.Repetition;
import io.packetwalk.correlate.Seen;
import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.Trajectory;
import io.packetwalk.correlate.Way;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.correlate.match.Flow;
import io.packetwalk.explain.Explanation;
import io.packetwalk.explain.Finding;
import io.packetwalk.report.Asked;
import io.packetwalk.report.json.JsonText;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/** A question's packets as predicted and as seen, as JSON. */
public final class ComparisonJson {
  /** The version of docs/correlate.schema.json; it rises when a key goes or changes its meaning. */
  public static final int SCHEMA_VERSION = 1;

  private ComparisonJson() {}

  /** One object, without a line end. */
  public static String of(Comparison comparison, Explanation explanation, Asked asked) {
    return JsonText.of(true, json -> write(comparison, explanation, asked, json));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void write(
      Comparison comparison, Explanation explanation, Asked asked, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("schema", SCHEMA_VERSION);
    json.writeStringProperty("from", asked.from());
    json.writeStringProperty("to", asked.to());
    json.writeStringProperty("ending", word(explanation.ending()));
    json.writeStringProperty("headline", explanation.headline());
    json.writeStringProperty("predicted", word(comparison.walk().verdict()));
    json.writeArrayPropertyStart("findings");
    explanation.findings().forEach(finding -> write(finding, json));
    json.writeEndArray();
    json.writeNumberProperty("request_count", comparison.requestCount());
    json.writeNumberProperty("reply_count", comparison.replyCount());
    ways("requests", comparison.requests(), comparison, json);
    ways("replies", comparison.replies(), comparison, json);
    json.writeArrayPropertyStart("errors");
    comparison.errors().forEach(error -> error(error, comparison.taps(), json));
    json.writeEndArray();
    TapsJson.write(comparison.taps(), json);
    json.writeEndObject();
  }

  private static void write(Finding finding, JsonGenerator json) {
    json.writeStartObject();
    json.writeBooleanProperty("certain", finding.certain());
    json.writeStringProperty("cause", finding.cause());
    json.writeArrayPropertyStart("evidence");
    finding.evidence().forEach(json::writeString);
    json.writeEndArray();
    JsonText.sources("sources", finding.sources(), json);
    json.writeStringProperty("remedy", finding.remedy());
    json.writeEndObject();
  }

  private static void ways(String name, List<Way> ways, Comparison comparison, JsonGenerator json) {
    json.writeArrayPropertyStart(name);
    for (Way way : ways) {
      json.writeStartObject();
      Trajectory packet = way.trajectory();
      json.writeNumberProperty("id", packet.id());
      json.writeStringProperty("ending", word(way.ending()));
      json.writeStringProperty("quality", word(packet.quality()));
      json.writeBooleanProperty("as_predicted", way.isAsPredicted());
      Repetition repetition = comparison.repetition(packet);
      json.writeStringProperty("repetition", word(repetition));
      json.writeBooleanProperty("retransmission", repetition == Repetition.RETRANSMISSION);
      json.writeArrayPropertyStart("seen");
      packet.seen().forEach(seen -> seen(seen, comparison.taps(), json));
      json.writeEndArray();
      json.writeArrayPropertyStart("hops");
      way.hops().forEach(hop -> hop(hop, json));
      json.writeEndArray();
      index("last_seen", way.lastSeen(), json);
      index("missing", way.missing(), json);
      json.writeArrayPropertyStart("unpredicted");
      way.unpredicted().forEach(seen -> seen(seen, comparison.taps(), json));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void index(String name, OptionalInt index, JsonGenerator json) {
    if (index.isPresent()) {
      json.writeNumberProperty(name, index.getAsInt());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void error(Trajectory error, Taps taps, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("id", error.id());
    json.writeNumberProperty("about", error.cause());
    json.writeArrayPropertyStart("seen");
    error.seen().forEach(seen -> seen(seen, taps, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void seen(Seen seen, Taps taps, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("node", taps.tap(seen.tap()).place().node());
    json.writeStringProperty("namespace", taps.tap(seen.tap()).place().name());
    json.writeStringProperty("device", taps.tap(seen.tap()).device());
    json.writeStringProperty(
        "capture", taps.tap(taps.together(seen.tap()).get(seen.capture())).capture());
    json.writeNumberProperty("frame", seen.frameInCapture());
    json.writeNumberProperty("nanoseconds", seen.stamp());
    json.writeStringProperty("part", word(seen.part()));
    json.writeNumberProperty("ttl", seen.hopLimit());
    flow(seen.flow(), json);
    json.writeEndObject();
  }

  static void flow(Flow flow, JsonGenerator json) {
    json.writeStringProperty("source", flow.source().toString());
    json.writeStringProperty("destination", flow.destination().toString());
    json.writeNumberProperty("protocol", flow.protocol());
    json.writeNumberProperty("source_port", flow.sourcePort());
    json.writeNumberProperty("destination_port", flow.destinationPort());
  }

  private static void hop(Hop hop, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("node", hop.step().place().node());
    json.writeStringProperty("namespace", hop.step().place().name());
    json.writeStringProperty("device", hop.step().device());
    json.writeStringProperty("stage", word(hop.step().stage()));
    switch (hop.sight()) {
      case Sight.There there -> {
        json.writeStringProperty("sight", "seen");
        if (there.since().isPresent()) {
          json.writeNumberProperty("delta_nanoseconds", there.since().getAsLong());
          if (there.bound() == Offset.UNBOUNDED) {
            json.writeNullProperty("bound_nanoseconds");
          } else {
            json.writeNumberProperty("bound_nanoseconds", there.bound());
          }
        }
        differences(there.differences(), json);
      }
      case Sight.Absent absent -> {
        json.writeStringProperty("sight", "absent");
        json.writeStringProperty("proof", absent.proof());
      }
      case Sight.Unknown unknown -> {
        json.writeStringProperty("sight", "unknown");
        json.writeStringProperty("reason", unknown.reason());
      }
    }
    json.writeEndObject();
  }

  private static void differences(List<Difference> differences, JsonGenerator json) {
    json.writeArrayPropertyStart("differences");
    for (Difference difference : differences) {
      json.writeStartObject();
      json.writeStringProperty("header", difference.header());
      json.writeStringProperty("field", word(difference.field()));
      json.writeStringProperty("predicted", difference.predicted());
      json.writeStringProperty("seen", difference.seen());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
