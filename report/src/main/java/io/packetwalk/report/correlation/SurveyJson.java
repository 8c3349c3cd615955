package io.packetwalk.report.correlation;

import io.packetwalk.correlate.Sight;
import io.packetwalk.correlate.Taps;
import io.packetwalk.correlate.clock.Offset;
import io.packetwalk.correlate.clock.Skew;
import io.packetwalk.correlate.survey.DelayHistogram;
import io.packetwalk.correlate.survey.DropPoint;
import io.packetwalk.correlate.survey.FlowReport;
import io.packetwalk.correlate.survey.PathUse;
import io.packetwalk.correlate.survey.SegmentUse;
import io.packetwalk.correlate.survey.SurveyReport;
import io.packetwalk.report.json.JsonText;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/**
 * All that captures show as JSON lines: a summary, then a line for each flow, segment and clock.
 */
public final class SurveyJson {
  private final SurveyReport report;
  private final Taps taps;

  private SurveyJson(SurveyReport report) {
    this.report = report;
    this.taps = report.taps();
  }

  /** Hands on the lines, one after the other, without their ends. */
  public static void write(SurveyReport report, Consumer<String> lines) {
    SurveyJson json = new SurveyJson(report);
    lines.accept(JsonText.of(false, json::summary));
    report.flows().forEach(flow -> lines.accept(JsonText.of(false, to -> json.flow(flow, to))));
    report
        .segments()
        .forEach(segment -> lines.accept(JsonText.of(false, to -> json.segment(segment, to))));
    IntStream.range(0, json.taps.clocks().nodes().size())
        .forEach(node -> lines.accept(JsonText.of(false, to -> json.clock(node, to))));
  }

  /** A time in the middle of the captures. */
  static long middle(SurveyReport report) {
    long first =
        report.taps().lives().stream()
            .filter(life -> life.frames() > 0)
            .mapToLong(life -> life.first())
            .min()
            .orElse(0);
    long last =
        report.taps().lives().stream()
            .filter(life -> life.frames() > 0)
            .mapToLong(life -> life.last())
            .max()
            .orElse(0);
    return first + (last - first) / 2;
  }

  private void summary(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("type", "summary");
    json.writeNumberProperty("schema", ComparisonJson.SCHEMA_VERSION);
    json.writeNumberProperty("packets", report.packets());
    json.writeNumberProperty("sightings", report.sightings());
    json.writeNumberProperty("flows", report.flows().size());
    json.writeNumberProperty("lost", report.lost());
    json.writeNumberProperty("ambiguous", report.ambiguous());
    json.writeNumberProperty("icmp_errors", report.errors());
    TapsJson.write(taps, json);
    json.writeEndObject();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void flow(FlowReport flow, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("type", "flow");
    ComparisonJson.flow(flow.use().flow(), json);
    json.writeNumberProperty("packets", flow.use().packets());
    json.writeNumberProperty("retransmissions", flow.use().repeated());
    json.writeNumberProperty("ambiguous", flow.use().ambiguous());
    json.writeStringProperty("prediction", word(flow.conformity()));
    flow.predicted()
        .ifPresent(verdict -> json.writeStringProperty("predicted_verdict", word(verdict)));
    json.writeStringProperty("reason", flow.reason());
    flow.evidence()
        .ifPresent(source -> {
          json.writeObjectPropertyStart("evidence");
          JsonText.source(source, json);
          json.writeEndObject();
        });
    flow.use()
        .answered()
        .ifPresent(asked -> {
          json.writeObjectPropertyStart("answers");
          ComparisonJson.flow(asked, json);
          json.writeEndObject();
        });
    json.writeArrayPropertyStart("paths");
    for (PathUse path : flow.use().paths()) {
      json.writeStartObject();
      json.writeNumberProperty("packets", path.packets());
      json.writeArrayPropertyStart("taps");
      path.taps().forEach(tap -> json.writeString(taps.tap(tap).name()));
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("drops");
    flow.drops().forEach(drop -> drop(drop, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void drop(DropPoint drop, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("packets", drop.packets());
    json.writeStringProperty("after", taps.tap(drop.after()).name());
    json.writeStringProperty("next", taps.tap(drop.next()).name());
    switch (drop.sight()) {
      case Sight.Absent absent -> {
        json.writeStringProperty("sight", "absent");
        json.writeStringProperty("proof", absent.proof());
      }
      case Sight.Unknown unknown -> {
        json.writeStringProperty("sight", "unknown");
        json.writeStringProperty("reason", unknown.reason());
      }
      case Sight.There _ -> json.writeStringProperty("sight", "seen");
    }
    json.writeEndObject();
  }

  private void segment(SegmentUse use, JsonGenerator json) {
    DelayHistogram delays = use.delays();
    json.writeStartObject();
    json.writeStringProperty("type", "segment");
    json.writeStringProperty("from", taps.tap(use.from()).name());
    json.writeStringProperty("to", taps.tap(use.to()).name());
    json.writeNumberProperty("packets", delays.count());
    json.writeNumberProperty("least_nanoseconds", delays.least());
    json.writeNumberProperty("p50_nanoseconds", delays.percentile(0.5));
    json.writeNumberProperty("p90_nanoseconds", delays.percentile(0.9));
    json.writeNumberProperty("p99_nanoseconds", delays.percentile(0.99));
    json.writeNumberProperty("most_nanoseconds", delays.most());
    bound(taps.between(use.from(), use.to(), middle(report)), json);
    json.writeEndObject();
  }

  private static void bound(Offset offset, JsonGenerator json) {
    if (offset.isBounded()) {
      json.writeNumberProperty("bound_nanoseconds", offset.bound());
    } else {
      json.writeNullProperty("bound_nanoseconds");
    }
  }

  private void clock(int node, JsonGenerator json) {
    Offset offset = taps.clocks().offset(node, middle(report));
    Skew skew = taps.clocks().skew(node);
    json.writeStartObject();
    json.writeStringProperty("type", "clock");
    json.writeStringProperty("node", taps.clocks().nodes().get(node));
    json.writeStringProperty("reference", taps.clocks().nodes().get(taps.clocks().reference(node)));
    json.writeNumberProperty("ahead_nanoseconds", offset.ahead());
    bound(offset, json);
    if (!Double.isInfinite(skew.bound())) {
      json.writeNumberProperty("skew_ppm", skew.partsPerMillion());
      json.writeNumberProperty("skew_bound_ppm", skew.bound());
    }
    json.writeBooleanProperty("steady", taps.clocks().isSteady(node));
    json.writeEndObject();
  }
}
