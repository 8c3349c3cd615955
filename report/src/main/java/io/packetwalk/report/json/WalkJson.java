package io.packetwalk.report.json;

import io.packetwalk.report.Asked;
import io.packetwalk.report.Names;
import io.packetwalk.report.packet.Header;
import io.packetwalk.report.packet.Headers;
import io.packetwalk.walk.Assumption;
import io.packetwalk.walk.Branch;
import io.packetwalk.walk.Direction;
import io.packetwalk.walk.Step;
import io.packetwalk.walk.Walk;
import io.packetwalk.walk.seen.Seen;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** A walk as JSON. */
public final class WalkJson {
  /** The version of docs/trace.schema.json; it rises when a key goes or changes its meaning. */
  public static final int SCHEMA_VERSION = 1;

  private final Names names;

  public WalkJson(Names names) {
    this.names = names;
  }

  /**
   * The walk as one JSON object, without a line end.
   *
   * @param indented on many lines; on a single one otherwise
   */
  public String text(Walk walk, Asked asked, boolean indented) {
    return text(walk, asked, List.of(), indented);
  }

  /** The walk with what the state shows of such packets. */
  public String text(Walk walk, Asked asked, List<Seen> seen, boolean indented) {
    return JsonText.of(indented, json -> write(walk, asked, seen, Tag.NONE, json));
  }

  /** The walk on a single line, with what came along with the question. */
  public String text(Walk walk, Asked asked, Tag tag) {
    return JsonText.of(false, json -> write(walk, asked, List.of(), tag, json));
  }

  private void write(Walk walk, Asked asked, List<Seen> seen, Tag tag, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("schema", SCHEMA_VERSION);
    tag.id().ifPresent(id -> id(id, tag.isNumber(), json));
    tag.expect()
        .ifPresent(expected -> {
          json.writeStringProperty("expect", Words.of(expected));
          json.writeBooleanProperty("as_expected", walk.verdict() == expected);
        });
    QuestionJson.write(walk.question(), asked, json);
    json.writeStringProperty("verdict", Words.of(walk.verdict()));
    json.writeName("forward");
    write(walk.forward(), json);
    json.writeName("reply");
    walk.reply().ifPresentOrElse(direction -> write(direction, json), json::writeNull);
    walk.error()
        .ifPresent(direction -> {
          json.writeName("error");
          write(direction, json);
        });
    walk.completion()
        .ifPresent(direction -> {
          json.writeName("completion");
          write(direction, json);
        });
    write(walk.assumptions(), json);
    SeenJson.write(seen, json);
    json.writeEndObject();
  }

  private static void id(String id, boolean isNumber, JsonGenerator json) {
    json.writeName("id");
    if (isNumber) {
      json.writeNumber(id);
    } else {
      json.writeString(id);
    }
  }

  private void write(Direction direction, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("verdict", Words.of(direction.verdict()));
    json.writeArrayPropertyStart("branches");
    direction.branches().forEach(branch -> write(branch, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private void write(Branch branch, JsonGenerator json) {
    json.writeStartObject();
    json.writeNumberProperty("weight", branch.weight());
    json.writeStringProperty("verdict", Words.of(branch.verdict()));
    json.writeStringProperty("reason", branch.reason());
    json.writeArrayPropertyStart("steps");
    branch.steps().forEach(step -> write(step, json));
    json.writeEndArray();
    write(branch.assumptions(), json);
    json.writeEndObject();
  }

  private void write(Step step, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("node", step.place().node());
    json.writeStringProperty("namespace", step.place().name());
    names.podOf(step.place()).ifPresent(pod -> json.writeStringProperty("pod", pod));
    if (step.device().isEmpty()) {
      json.writeNullProperty("device");
    } else {
      json.writeStringProperty("device", step.device());
    }
    json.writeStringProperty("stage", Words.of(step.stage()));
    json.writeStringProperty("action", Words.of(step.action()));
    if (step.isObservable()) {
      json.writeStringProperty("observable", Words.of(step.stage()));
    } else {
      json.writeNullProperty("observable");
    }
    json.writeStringProperty("decision", step.decision());
    JsonText.sources("evidence", step.evidence(), json);
    json.writeArrayPropertyStart("layers");
    for (Header header : Headers.of(step.packet(), step.device())) {
      HeaderJson.write(header, json);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(List<Assumption> assumptions, JsonGenerator json) {
    json.writeArrayPropertyStart("assumptions");
    for (Assumption assumption : assumptions) {
      json.writeStartObject();
      json.writeStringProperty("text", assumption.text());
      json.writeStringProperty("command", assumption.command());
      JsonText.sources("grounds", assumption.grounds(), json);
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
