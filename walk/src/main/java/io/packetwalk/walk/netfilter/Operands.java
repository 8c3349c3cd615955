package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.net.Links;
import io.packetwalk.model.netfilter.Datum;
import io.packetwalk.model.netfilter.Element;
import io.packetwalk.model.netfilter.ElementSet;
import io.packetwalk.model.netfilter.Field;
import io.packetwalk.model.netfilter.Operand;
import io.packetwalk.model.netfilter.Side;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.layer.Ip;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Works out what the operands of a table's rules are for a packet. */
final class Operands {
  private final Fields fields;
  private final Surroundings surroundings;
  private final Sets sets;
  private final Links links;

  Operands(Fields fields, Surroundings surroundings, Sets sets, Links links) {
    this.fields = fields;
    this.surroundings = surroundings;
    this.sets = sets;
    this.links = links;
  }

  /** Every value that it may have; the shares add up to 1. */
  List<Answer> all(Operand operand, Trial trial) {
    return switch (operand) {
      case Operand.Of(Field field) -> List.of(fields.read(field, trial));
      case Operand.Spread spread -> spread(spread);
      case Operand.Together together -> together(together.parts(), trial);
      case Operand.Mapped mapped -> mapped(mapped, trial);
      case Operand.Bits bits ->
          numbers(bits.base(), trial, value -> (value & bits.and()) ^ bits.xor());
      case Operand.Shifted shifted ->
          numbers(shifted.base(), trial, value -> value >>> shifted.right());
      case Operand.Plus plus -> numbers(plus.base(), trial, value -> value + plus.amount());
      case Operand.ExclusiveOr(Operand left, Operand right) -> {
        long other = number(one(right, trial)).orElse(0L);
        yield numbers(left, trial, value -> value ^ other);
      }
      case Operand.Constant(Datum value) -> List.of(Answer.Value.of(value));
      case Operand.AddressType type -> List.of(addressType(type, trial));
      case Operand.WayBack way -> List.of(wayBack(way, trial));
      case Operand.Unreadable(String text) -> List.of(Answer.Unknown.of("“" + text + "”"));
    };
  }

  /** Its value when it has only one; unknown when it differs from packet to packet. */
  Answer one(Operand operand, Trial trial) {
    List<Answer> answers = all(operand, trial);
    return answers.size() == 1
        ? answers.getFirst()
        : Answer.Unknown.of("a number that is drawn for each packet");
  }

  static Optional<Long> number(Answer answer) {
    return answer instanceof Answer.Value value
            && value.parts().size() == 1
            && value.parts().getFirst() instanceof Datum.Whole(long number)
        ? Optional.of(number)
        : Optional.empty();
  }

  private interface Calculation {
    long apply(long value);
  }

  private List<Answer> numbers(Operand base, Trial trial, Calculation calculation) {
    return all(base, trial).stream()
        .map(answer ->
            number(answer)
                .<Answer>map(value ->
                    new Answer.Value(
                        answer.share(),
                        List.of(Datum.of(calculation.apply(value))),
                        Optional.empty()))
                .orElse(answer))
        .toList();
  }

  private static List<Answer> spread(Operand.Spread spread) {
    List<Answer> answers = new ArrayList<>();
    for (int number = 0; number < spread.modulus(); number++) {
      answers.add(
          new Answer.Value(
              1.0 / spread.modulus(),
              List.of(Datum.of((long) number + spread.offset())),
              Optional.empty()));
    }
    return answers;
  }

  private List<Answer> together(List<Operand> parts, Trial trial) {
    List<Answer> answers = List.of(new Answer.Value(1, List.of(), Optional.empty()));
    for (Operand part : parts) {
      List<Answer> longer = new ArrayList<>();
      for (Answer begun : answers) {
        all(part, trial).forEach(next -> longer.add(joined(begun, next)));
      }
      answers = longer;
    }
    return answers;
  }

  private static Answer joined(Answer begun, Answer next) {
    double share = begun.share() * next.share();
    if (begun instanceof Answer.Value first && next instanceof Answer.Value second) {
      List<Datum> parts = new ArrayList<>(first.parts());
      parts.addAll(second.parts());
      return new Answer.Value(share, parts, Optional.empty());
    }
    if (begun instanceof Answer.Absent || next instanceof Answer.Absent) {
      return new Answer.Absent(share);
    }
    return begun instanceof Answer.Unknown ? begun : next;
  }

  private List<Answer> mapped(Operand.Mapped mapped, Trial trial) {
    List<Answer> answers = new ArrayList<>();
    for (Answer key : all(mapped.key(), trial)) {
      answers.add(key instanceof Answer.Value value ? lookUp(mapped, value) : key);
    }
    return answers;
  }

  private Answer lookUp(Operand.Mapped mapped, Answer.Value key) {
    Optional<ElementSet> map = sets.find(mapped.map());
    if (map.isEmpty()) {
      return new Answer.Unknown(key.share(), sets.missing(mapped.map()), Optional.empty());
    }
    Optional<Element> element = map.get().find(key.parts());
    if (element.isEmpty() && map.get().coverage() != Coverage.COMPLETE) {
      return new Answer.Unknown(
          key.share(), "the elements of " + map.get().name(), Optional.empty());
    }
    return element
        .<Answer>map(found -> new Answer.Value(key.share(), found.data(), found.verdict()))
        .orElseGet(() -> new Answer.Absent(key.share()));
  }

  private Answer addressType(Operand.AddressType type, Trial trial) {
    Ip ip = Headers.ip(trial.packet().packet());
    IpAddress address = type.side() == Side.SOURCE ? ip.source() : ip.destination();
    if (type.ofInput() || type.ofOutput()) {
      return limitedType(type, address, trial);
    }
    return surroundings
        .addressType(address)
        .<Answer>map(kind -> Answer.Value.of(Datum.of(kind.name().toLowerCase(Locale.ROOT))))
        .orElseGet(
            () -> Answer.Unknown.of("whether " + address + " is an address of this machine"));
  }

  /**
   * The type as far as one device tells: {@code local} when it has the address, and of what isn't
   * local the walk only knows that.
   */
  private Answer limitedType(Operand.AddressType type, IpAddress address, Trial trial) {
    Optional<String> device = type.ofInput() ? trial.packet().input() : trial.packet().output();
    boolean own =
        device.stream().flatMap(links::addressesOf).anyMatch(one -> one.address().equals(address));
    return own || links.addresses().isComplete()
        ? Answer.Value.of(Datum.of(own ? "local" : "unicast"))
        : Answer.Unknown.of("whether " + device.orElse("?") + " has " + address);
  }

  private Answer wayBack(Operand.WayBack way, Trial trial) {
    return surroundings
        .reversePath(trial.packet(), way.loose(), way.withMark())
        .<Answer>map(good -> Answer.Value.of(Datum.of(good ? 1L : 0L)))
        .orElseGet(() ->
            Answer.Unknown.of("the way back to " + Headers.ip(trial.packet().packet()).source()));
  }
}
