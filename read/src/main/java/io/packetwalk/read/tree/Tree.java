package io.packetwalk.read.tree;

import io.packetwalk.model.Source;
import io.packetwalk.read.transcript.Line;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A YAML or JSON value, with the line that it begins on: its key's, where it has a key. */
public sealed interface Tree {
  /** A string, number or boolean, as written. */
  record Scalar(String value, Line line) implements Tree {}

  /** A sequence. */
  record Items(List<Tree> elements, Line line) implements Tree {
    public Items {
      elements = List.copyOf(elements);
    }
  }

  /** A mapping; of a key that is there twice, the last. */
  record Fields(Map<String, Tree> entries, Line line) implements Tree {
    public Fields {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }
  }

  /** What a key that isn't there leads to, and what {@code null} is in the text. */
  enum Absent implements Tree {
    ABSENT
  }

  /** The value behind these keys, one inside the other. */
  default Tree at(String... keys) {
    Tree tree = this;
    for (String key : keys) {
      tree =
          tree instanceof Fields fields
              ? fields.entries().getOrDefault(key, Absent.ABSENT)
              : Absent.ABSENT;
    }
    return tree;
  }

  /** The text of a scalar that isn't empty. */
  default Optional<String> text() {
    return this instanceof Scalar scalar && !scalar.value().isEmpty()
        ? Optional.of(scalar.value())
        : Optional.empty();
  }

  /** The text behind these keys. */
  default Optional<String> text(String... keys) {
    return at(keys).text();
  }

  /** Whether the scalar behind these keys says yes or no. */
  default Optional<Boolean> truth(String... keys) {
    return text(keys)
        .filter(text -> text.equals("true") || text.equals("false"))
        .map(Boolean::valueOf);
  }

  /** The elements of the sequence behind these keys; none for anything else. */
  default List<Tree> elements(String... keys) {
    return at(keys) instanceof Items items ? items.elements() : List.of();
  }

  /** The texts of the sequence behind these keys. */
  default List<String> texts(String... keys) {
    return elements(keys).stream().flatMap(element -> element.text().stream()).toList();
  }

  /** The entries of the mapping behind these keys that are scalars. */
  default Map<String, String> labels(String... keys) {
    Map<String, String> labels = new LinkedHashMap<>();
    if (at(keys) instanceof Fields fields) {
      fields
          .entries()
          .forEach((name, value) -> {
            if (value instanceof Scalar scalar) {
              labels.put(name, scalar.value());
            }
          });
    }
    return labels;
  }

  default boolean isAbsent() {
    return this instanceof Absent;
  }

  /** The line that the value stands on. */
  default Optional<Source> source() {
    return switch (this) {
      case Scalar scalar -> Optional.of(scalar.line().source());
      case Items items -> Optional.of(items.line().source());
      case Fields fields -> Optional.of(fields.line().source());
      case Absent _ -> Optional.empty();
    };
  }
}
