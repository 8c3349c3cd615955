package io.packetwalk.read.tree;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Builds trees from a parser's tokens.
 *
 * <p>The elements of a list at the top ({@code items:} of a Kubernetes list, or a JSON array) are
 * handed on one by one, so that a long list is never held as a whole.
 */
final class TreeBuilder {
  /** Bookkeeping of the API server that nothing here reads and that is larger than all the rest. */
  private static final Set<String> LEFT_OUT = Set.of("managedFields");

  private final JsonParser parser;
  private final List<Line> lines;
  private final Trees.Visitor visitor;

  TreeBuilder(JsonParser parser, List<Line> lines, Trees.Visitor visitor) {
    this.parser = parser;
    this.lines = lines;
    this.visitor = visitor;
  }

  /** Reads every document up to the end. */
  void documents() {
    JsonToken token = parser.nextToken();
    while (token != null) {
      if (token == JsonToken.START_ARRAY) {
        elements("");
      } else if (token == JsonToken.START_OBJECT) {
        document();
      } else {
        visitor.document(value(here()));
      }
      token = parser.nextToken();
    }
  }

  private void elements(String listKind) {
    while (notEnd(parser.nextToken(), JsonToken.END_ARRAY)) {
      visitor.element(value(here()), listKind);
    }
  }

  private void document() {
    Line line = here();
    Map<String, Tree> entries = new LinkedHashMap<>();
    while (notEnd(parser.nextToken(), JsonToken.END_OBJECT)) {
      String key = parser.currentName();
      Line keyLine = here();
      boolean items = parser.nextToken() == JsonToken.START_ARRAY && key.equals("items");
      if (items) {
        elements(kind(entries));
        entries.put(key, new Tree.Items(List.of(), keyLine));
      } else {
        entries.put(key, value(keyLine));
      }
    }
    visitor.document(new Tree.Fields(entries, line));
  }

  private static String kind(Map<String, Tree> entries) {
    Tree kind = entries.get("kind");
    return kind == null ? "" : kind.text().orElse("");
  }

  private Tree value(Line line) {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return fields(line);
    }
    if (token == JsonToken.START_ARRAY) {
      return items(line);
    }
    return token == null || token == JsonToken.VALUE_NULL
        ? Tree.Absent.ABSENT
        : new Tree.Scalar(parser.getString(), line);
  }

  private Tree fields(Line line) {
    Map<String, Tree> entries = new LinkedHashMap<>();
    while (notEnd(parser.nextToken(), JsonToken.END_OBJECT)) {
      String key = parser.currentName();
      Line keyLine = here();
      parser.nextToken();
      if (LEFT_OUT.contains(key)) {
        parser.skipChildren();
      } else {
        entries.put(key, value(keyLine));
      }
    }
    return new Tree.Fields(entries, line);
  }

  private Tree items(Line line) {
    List<Tree> elements = new ArrayList<>();
    while (notEnd(parser.nextToken(), JsonToken.END_ARRAY)) {
      elements.add(value(here()));
    }
    return new Tree.Items(elements, line);
  }

  private static boolean notEnd(JsonToken token, JsonToken end) {
    return token != null && token != end;
  }

  private Line here() {
    int number = parser.currentTokenLocation().getLineNr();
    return lines.get(Math.clamp(number - 1L, 0, lines.size() - 1));
  }
}
