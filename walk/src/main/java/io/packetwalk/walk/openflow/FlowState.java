package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SubField;
import java.util.Arrays;

/** All fields of a packet inside a switch at one moment: headers, registers, metadata. */
public final class FlowState {
  private final long[] words;

  FlowState(long[] words) {
    this.words = words.clone();
  }

  /** No packet at all: every field zero. */
  public static FlowState zero() {
    return new FlowState(new long[FlowFields.WORDS]);
  }

  public Bits value(FlowField field) {
    return Vector.read(words, field);
  }

  public Bits value(SubField part) {
    return value(part.field()).shiftedRight(part.first()).and(Bits.ones(part.width()));
  }

  /** The lowest 64 bits of a field. */
  public long number(FlowField field) {
    return value(field).low();
  }

  /** This with another value in a field. */
  public FlowState with(FlowField field, Bits value) {
    long[] changed = words.clone();
    Vector.write(changed, field, value);
    return new FlowState(changed);
  }

  long[] copy() {
    return words.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FlowState state && Arrays.equals(words, state.words);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(words);
  }
}
