package io.packetwalk.walk.meaning;

import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Rule;

/** Whether a rule is for some packets only, whatever their marks are. */
final class Conditional {
  private Conditional() {}

  static boolean is(Rule rule) {
    return rule.parts().stream()
        .filter(Match.class::isInstance)
        .map(Match.class::cast)
        .anyMatch(match -> !isAboutMark(match));
  }

  private static boolean isAboutMark(Match match) {
    return match instanceof Match.Comparison comparison
        && base(comparison.value()) instanceof Operand.Of(Field field)
        && field == Field.MARK;
  }

  private static Operand base(Operand operand) {
    return operand instanceof Operand.Bits bits ? base(bits.base()) : operand;
  }
}
