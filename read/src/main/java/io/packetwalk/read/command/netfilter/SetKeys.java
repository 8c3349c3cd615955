package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * The directions that iptables gives for a set: {@code src} or {@code dst} for each part of the
 * set's key. What the parts are is the set's to say, so they are kept as names.
 */
final class SetKeys {
  private SetKeys() {}

  static Operand of(String directions) {
    List<Operand> parts = new ArrayList<>();
    for (String direction : directions.split(",", -1)) {
      parts.add(new Operand.Constant(Datum.of(direction)));
    }
    return new Operand.Together(parts);
  }
}
