package io.packetwalk.read.kubernetes;

import io.packetwalk.read.transcript.Line;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An object as {@code kubectl describe} shows it: fields with their depth, values behind colons.
 *
 * @param fields in order; a line without a colon continues the field above and has no key
 */
record Description(List<Field> fields) {
  Description {
    fields = List.copyOf(fields);
  }

  /** One line. */
  record Field(int depth, String key, String value, Line line) {}

  static Description of(List<Line> lines) {
    List<Field> fields = new ArrayList<>();
    for (Line line : lines) {
      String text = line.text().strip();
      int depth = line.text().indexOf(text);
      int colon = text.indexOf(':');
      boolean keyed =
          colon > 0
              && (colon + 1 == text.length() || Character.isWhitespace(text.charAt(colon + 1)));
      fields.add(
          keyed
              ? new Field(depth, text.substring(0, colon), text.substring(colon + 1).strip(), line)
              : new Field(depth, "", text, line));
    }
    return new Description(fields);
  }

  /** The value of a field at the top; {@code <none>} and the like are no value. */
  Optional<String> top(String key) {
    return fields.stream()
        .filter(field -> field.depth() == 0 && field.key().equals(key))
        .map(Field::value)
        .filter(value -> !value.isEmpty() && !value.startsWith("<"))
        .findFirst();
  }

  /** The values of every field of this name, however deep. */
  List<String> all(String key) {
    return fields.stream()
        .filter(field -> field.key().equals(key))
        .map(Field::value)
        .filter(value -> !value.isEmpty() && !value.startsWith("<"))
        .toList();
  }

  /** What stands under a field at the top, the field's own value first. */
  List<Field> under(String key) {
    List<Field> found = new ArrayList<>();
    boolean inside = false;
    for (Field field : fields) {
      boolean top = field.depth() == 0;
      if (top) {
        inside = field.key().equals(key);
      }
      if (inside) {
        found.add(field);
      }
    }
    return found;
  }

  /** The pairs of {@code Labels} ({@code a=b}) or {@code Annotations} ({@code a: b}). */
  Map<String, String> pairs(String key) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Field field : under(key)) {
      boolean own = field.depth() == 0;
      int equals = field.value().indexOf('=');
      int colon = field.value().indexOf(": ");
      if (!own && !field.key().isEmpty()) {
        pairs.put(field.key(), field.value());
      } else if (colon > 0 && (equals < 0 || colon < equals)) {
        pairs.put(field.value().substring(0, colon), field.value().substring(colon + 2).strip());
      } else if (equals > 0) {
        pairs.put(field.value().substring(0, equals), field.value().substring(equals + 1));
      }
    }
    return pairs;
  }

  /** The first line: the object's name. */
  Line line() {
    return fields.getFirst().line();
  }
}
