package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.FlowMatch;

/** What a flow's conditions demand of a packet's words. */
final class Constraint {
  private final long[] masks = new long[FlowFields.WORDS];
  private final long[] values = new long[FlowFields.WORDS];
  private boolean certain = true;
  private boolean possible = true;

  private Constraint() {}

  static Constraint of(FlowMatch match, PortNumbers ports) {
    Constraint constraint = new Constraint();
    for (FlowMatch.Condition condition : match.conditions()) {
      switch (condition) {
        case FlowMatch.Masked masked -> constraint.masked(masked);
        case FlowMatch.AtPort at ->
            constraint.masked(
                FlowMatch.Masked.exact(
                    at.field(), Bits.of(Integer.toUnsignedLong(ports.number(at.port())))));
        case FlowMatch.Unknown ignored -> constraint.certain = false;
      }
    }
    return constraint;
  }

  private void masked(FlowMatch.Masked masked) {
    int option = FlowFields.tunnelMetadataIndex(masked.field());
    if (option >= 0) {
      // A packet without the option has no value of it, not zero (tun_metadata_to_nx_match).
      masked(FlowMatch.Masked.exact(FlowFields.tunnelMetadataPresent(option), Bits.of(1)));
    }
    long[] value = new long[2];
    long[] mask = new long[2];
    int at = masked.field().word();
    if (masked.field().isWide()) {
      value = new long[] {masked.value().high(), masked.value().low()};
      mask = new long[] {masked.mask().high(), masked.mask().low()};
    } else {
      value[0] = masked.value().low() << masked.field().shift();
      mask[0] = masked.mask().low() << masked.field().shift();
    }
    for (int index = 0; index < 2 && at + index < masks.length; index++) {
      long both = masks[at + index] & mask[index];
      possible &= ((values[at + index] ^ value[index]) & both) == 0;
      masks[at + index] |= mask[index];
      values[at + index] |= value[index];
    }
  }

  /** Whether any packet can fulfil all of it. */
  boolean isPossible() {
    return possible;
  }

  boolean isCertain() {
    return certain;
  }

  TupleSpace.Mask mask() {
    int[] at = at();
    long[] bits = new long[at.length];
    for (int index = 0; index < at.length; index++) {
      bits[index] = masks[at[index]];
    }
    return new TupleSpace.Mask(at, bits);
  }

  TupleSpace.Values values() {
    return mask().of(values);
  }

  private int[] at() {
    int count = 0;
    for (long mask : masks) {
      count += mask == 0 ? 0 : 1;
    }
    int[] at = new int[count];
    int next = 0;
    for (int index = 0; index < masks.length; index++) {
      if (masks[index] != 0) {
        at[next++] = index;
      }
    }
    return at;
  }

  boolean fits(long[] words) {
    for (int index = 0; index < masks.length; index++) {
      if ((words[index] & masks[index]) != values[index]) {
        return false;
      }
    }
    return possible;
  }
}
