package io.packetwalk.read.command.nft;

import io.packetwalk.model.netfilter.Match;
import io.packetwalk.model.netfilter.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands on the left of a comparison.
 *
 * @param types one for each part of a concatenation
 * @param implied what a packet must be to have such a value: nft adds these to its rules without
 *     showing them
 * @param text as the rule writes it
 */
record Expression(Operand operand, List<DataType> types, List<Match> implied, String text) {
  Expression {
    types = List.copyOf(types);
    implied = List.copyOf(implied);
  }

  static Expression of(Operand operand, DataType type, List<Match> implied, String text) {
    return new Expression(operand, List.of(type), implied, text);
  }

  static Expression unreadable(String text, DataType type, List<Match> implied) {
    return of(new Operand.Unreadable(text), type, implied, text);
  }

  DataType type() {
    return types.getFirst();
  }

  boolean isReadable() {
    return !(operand instanceof Operand.Unreadable);
  }

  /** The parts side by side. */
  static Expression together(List<Expression> parts, String text) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    List<Operand> operands = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    List<Match> implied = new ArrayList<>();
    for (Expression part : parts) {
      operands.add(part.operand());
      types.addAll(part.types());
      part.implied().stream().filter(match -> !implied.contains(match)).forEach(implied::add);
    }
    return new Expression(new Operand.Together(operands), types, implied, text);
  }

  Expression with(Operand changed, String written) {
    return new Expression(changed, types, implied, written);
  }
}
