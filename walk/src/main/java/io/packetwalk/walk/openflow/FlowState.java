package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SubField;
import java.util.Arrays;

/** All fields of a packet inside a switch at one moment: headers, registers, metadata. */
public final class FlowState {
  /** The vector without the zeros at its end: options of tunnels are rarely there. */
  private final long[] words;

  FlowState(long[] words) {
    int used = words.length;
    while (used > 0 && words[used - 1] == 0) {
      used--;
    }
    this.words = Arrays.copyOf(words, used);
  }

  /** No packet at all: every field zero. */
  public static FlowState zero() {
    return new FlowState(new long[0]);
  }

  public Bits value(FlowField field) {
    if (field.word() >= words.length) {
      return Bits.ZERO;
    }
    boolean whole = field.word() + 1 < words.length || !field.isWide();
    return Vector.read(whole ? words : copy(), field);
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
    long[] changed = copy();
    Vector.write(changed, field, value);
    return new FlowState(changed);
  }

  /** The whole vector. */
  private long[] copy() {
    return Arrays.copyOf(words, FlowFields.WORDS);
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
