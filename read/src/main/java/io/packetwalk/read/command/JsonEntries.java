package io.packetwalk.read.command;

import io.packetwalk.read.Reading;
import io.packetwalk.read.transcript.CommandRun;
import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects of a JSON array that a command printed, each with the line that it begins on.
 *
 * @param unread the lines from the first one that isn't JSON
 */
record JsonEntries(List<Entry> entries, List<Reading.Unread> unread) {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  JsonEntries {
    entries = List.copyOf(entries);
    unread = List.copyOf(unread);
  }

  /** One object. */
  record Entry(Line line, JsonNode node) {
    /** A field's text; empty when it isn't there or is no value. */
    Optional<String> text(String field) {
      return JsonEntries.text(node, field);
    }

    OptionalInt number(String field) {
      return JsonEntries.number(node, field);
    }
  }

  static Optional<String> text(JsonNode node, String field) {
    JsonNode value = node.get(field);
    return value == null || !value.isValueNode() || value.isNull()
        ? Optional.empty()
        : Optional.of(value.asString());
  }

  static OptionalInt number(JsonNode node, String field) {
    return text(node, field).map(Words::parseInt).orElse(OptionalInt.empty());
  }

  static JsonEntries of(CommandRun run) {
    List<Line> lines = run.output();
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    List<Entry> entries = new ArrayList<>();
    int reached = 0;
    try (JsonParser parser = MAPPER.createParser(text.toString())) {
      JsonToken token = parser.nextToken();
      while (token != null) {
        reached = lineOf(parser, lines);
        if (token == JsonToken.START_OBJECT) {
          Line line = lines.get(reached);
          JsonNode node = parser.readValueAsTree();
          if (!node.isEmpty()) {
            entries.add(new Entry(line, node));
          }
        }
        token = parser.nextToken();
      }
    } catch (JacksonException broken) {
      int at = Math.max(reached, brokenLine(broken, lines));
      return new JsonEntries(entries, rest(lines, at, broken.getOriginalMessage()));
    }
    return new JsonEntries(entries, List.of());
  }

  private static int lineOf(JsonParser parser, List<Line> lines) {
    return index(parser.currentTokenLocation().getLineNr(), lines);
  }

  private static int brokenLine(JacksonException broken, List<Line> lines) {
    return broken.getLocation() == null ? 0 : index(broken.getLocation().getLineNr(), lines);
  }

  private static int index(int number, List<Line> lines) {
    return Math.clamp(number - 1L, 0, lines.size() - 1);
  }

  private static List<Reading.Unread> rest(List<Line> lines, int from, String reason) {
    return lines.subList(Math.min(from, lines.size()), lines.size()).stream()
        .filter(line -> !line.isBlank())
        .map(line -> new Reading.Unread(line, "not JSON: " + reason))
        .toList();
  }
}
