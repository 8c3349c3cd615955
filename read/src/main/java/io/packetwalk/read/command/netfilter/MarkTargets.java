package io.packetwalk.read.command.netfilter;

import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Statement;
import java.util.Optional;

/** The targets that write marks and the like. */
final class MarkTargets {
  private static final long ALL = 0xffff_ffffL;

  private MarkTargets() {}

  static Optional<Statement> mark(Extension target) {
    return target.options().isEmpty()
        ? Optional.empty()
        : changed(target.options().getFirst(), Field.MARK);
  }

  static Optional<Statement> connectionMark(Extension target) {
    if (target.has("--save-mark")) {
      return copied(target, Field.CONNECTION_MARK, Field.MARK, "--ctmask", "--nfmask");
    }
    if (target.has("--restore-mark")) {
      return copied(target, Field.MARK, Field.CONNECTION_MARK, "--nfmask", "--ctmask");
    }
    return target.options().isEmpty()
        ? Optional.empty()
        : changed(target.options().getFirst(), Field.CONNECTION_MARK)
            .filter(mark -> target.options().size() == 1);
  }

  /**
   * {@code to = (to & ~toMask) ^ (from & fromMask)}, as xt_connmark does; what is taken may be
   * shifted before it is entered.
   */
  private static Optional<Statement> copied(
      Extension target, Field to, Field from, String toMask, String fromMask) {
    String common = target.value("--mask");
    Optional<Long> left = maskOr(target.value("--left-shift-mark"), "0");
    Optional<Long> right = maskOr(target.value("--right-shift-mark"), "0");
    if (left.filter(bits -> bits < 32).isEmpty() || right.filter(bits -> bits < 32).isEmpty()) {
      return Optional.empty();
    }
    int shift = (int) (right.get() - left.get());
    Optional<Long> keepingFrom = maskOr(target.value(fromMask), common);
    Optional<Long> clearing = maskOr(target.value(toMask), common);
    return clearing.flatMap(cleared ->
        keepingFrom.map(kept ->
            new Statement.Write(
                to,
                new Operand.ExclusiveOr(
                    new Operand.Bits(Operand.of(to), ~cleared & ALL, 0),
                    new Operand.Shifted(new Operand.Bits(Operand.of(from), kept, 0), shift)))));
  }

  private static Optional<Long> maskOr(String own, String common) {
    String text = own.isEmpty() ? common : own;
    return text.isEmpty() ? Optional.of(ALL) : Numbers.parse(text);
  }

  static Optional<Statement> changed(Option option, Field field) {
    Operand now = Operand.of(field);
    return Masked.parse(option.value())
        .flatMap(mark ->
            switch (option.name()) {
              case "--set-xmark" ->
                  Optional.of(new Operand.Bits(now, ~mark.mask() & ALL, mark.value()));
              case "--set-mark" ->
                  Optional.of(
                      new Operand.Bits(now, ~(mark.mask() | mark.value()) & ALL, mark.value()));
              case "--and-mark" -> Optional.of(new Operand.Bits(now, mark.value(), 0));
              case "--or-mark" ->
                  Optional.of(new Operand.Bits(now, ~mark.value() & ALL, mark.value()));
              case "--xor-mark" -> Optional.of(new Operand.Bits(now, ALL, mark.value()));
              default -> Optional.empty();
            })
        .map(value -> new Statement.Write(field, value));
  }

  /** {@code DSCP} and {@code TOS}. */
  static Optional<Statement> service(Extension target) {
    if (target.has("--set-dscp")) {
      return Numbers.parse(target.value("--set-dscp"))
          .map(
              value -> new Statement.Write(Field.DSCP, new Operand.Constant(Datum.of(value & 63))));
    }
    return Masked.parse(target.value("--set-tos"))
        .map(tos ->
            new Statement.Write(
                Field.TRAFFIC_CLASS,
                new Operand.Bits(
                    Operand.of(Field.TRAFFIC_CLASS), ~tos.mask() & 0xff, tos.value())));
  }
}
