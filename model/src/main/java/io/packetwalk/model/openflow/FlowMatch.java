package io.packetwalk.model.openflow;

import java.util.List;

/** What a flow demands of a packet: all of its conditions. */
public record FlowMatch(List<Condition> conditions) {
  public static final FlowMatch ANYTHING = new FlowMatch(List.of());

  public FlowMatch {
    conditions = List.copyOf(conditions);
  }

  /** One demand. */
  public sealed interface Condition {}

  /** A field's bits under the mask are those of the value. */
  public record Masked(FlowField field, Bits value, Bits mask) implements Condition {
    public Masked {
      value = value.and(mask);
    }

    public static Masked exact(FlowField field, Bits value) {
      return new Masked(field, value, field.ones());
    }
  }

  /** A field that holds a port has the one with this name. */
  public record AtPort(FlowField field, String port) implements Condition {}

  /** Something that nobody here understands: whether a packet fulfils it can't be said. */
  public record Unknown(String text) implements Condition {}
}
