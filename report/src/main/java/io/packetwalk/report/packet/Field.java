package io.packetwalk.report.packet;

import java.util.List;

/**
 * A field of a header.
 *
 * @param name in lower case with underscores: the JSON key
 */
public record Field(String name, Value value) {
  /** What a field holds. */
  public sealed interface Value {}

  public record Whole(long value) implements Value {}

  public record Text(String value) implements Value {}

  public record Flag(boolean value) implements Value {}

  public record Names(List<String> values) implements Value {
    public Names {
      values = List.copyOf(values);
    }
  }

  /** What the state doesn't tell. */
  public record Unknown() implements Value {}

  static Field of(String name, long value) {
    return new Field(name, new Whole(value));
  }

  static Field of(String name, String value) {
    return new Field(name, new Text(value));
  }

  static Field of(String name, boolean value) {
    return new Field(name, new Flag(value));
  }

  static Field of(String name, List<String> values) {
    return new Field(name, new Names(values));
  }

  static Field unknown(String name) {
    return new Field(name, new Unknown());
  }
}
