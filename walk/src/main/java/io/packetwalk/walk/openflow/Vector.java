package io.packetwalk.walk.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowField;

/** Reading and writing fields in a packet's vector of words. */
final class Vector {
  private Vector() {}

  static Bits read(long[] words, FlowField field) {
    if (field.isWide()) {
      return new Bits(words[field.word()], words[field.word() + 1]).and(field.ones());
    }
    return Bits.of((words[field.word()] >>> field.shift()) & field.ones().low());
  }

  static void write(long[] words, FlowField field, Bits value) {
    if (field.isWide()) {
      words[field.word()] = value.high() & field.ones().high();
      words[field.word() + 1] = value.low();
      return;
    }
    long mask = field.ones().low() << field.shift();
    long placed = (value.low() << field.shift()) & mask;
    words[field.word()] = (words[field.word()] & ~mask) | placed;
  }
}
