package io.packetwalk.walk.netfilter;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Source;
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
  private static final long UNSIGNED = 0xffff_ffffL;

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

  /** Whether the packet's source or destination is in a set that wasn't listed, plausibly. */
  Optional<Surroundings.Presumption> presumedMember(String set, boolean source, Trial trial) {
    return trial.packet().packet().outermost() instanceof Ip header
        ? surroundings.presumedMember(set, source ? header.source() : header.destination())
        : Optional.empty();
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
      case Operand.Shifted(Operand base, int right) ->
          numbers(base, trial, value -> right >= 0 ? value >>> right : value << -right & UNSIGNED);
      case Operand.Plus plus -> numbers(plus.base(), trial, value -> value + plus.amount());
      case Operand.ExclusiveOr(Operand left, Operand right) -> {
        long other = number(one(right, trial)).orElse(0L);
        yield numbers(left, trial, value -> value ^ other);
      }
      case Operand.Constant(Datum value) -> List.of(Answer.Value.of(value));
      case Operand.Hashed hashed -> List.of(hashed(hashed, trial));
      case Operand.RouteDevice device -> List.of(routeDevice(device, trial));
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

  /** {@code reciprocal_scale(jhash(key), modulus) + offset}, as nft_hash.c has it. */
  private Answer hashed(Operand.Hashed hashed, Trial trial) {
    Answer key = one(hashed.key(), trial);
    if (!(key instanceof Answer.Value value)) {
      return key;
    }
    long hash = JenkinsHash.of(value.parts(), hashed.widths(), hashed.seed()) & UNSIGNED;
    return Answer.Value.of(Datum.of(((hash * hashed.modulus()) >>> 32) + hashed.offset()));
  }

  /** The device of the route, unless only another one counts: then none. */
  private Answer routeDevice(Operand.RouteDevice wanted, Trial trial) {
    InFlight flight = trial.packet();
    boolean source = wanted.side() == Side.SOURCE;
    Optional<List<String>> devices = surroundings.routeDevices(flight, source, wanted.withMark());
    if (devices.isEmpty()) {
      return Answer.Unknown.of("the route to one of the packet's addresses");
    }
    boolean limited = wanted.ofInput() || wanted.ofOutput();
    Optional<String> only = wanted.ofOutput() ? flight.output() : flight.input();
    String found =
        limited
            ? only.filter(devices.get()::contains).orElse("")
            : devices.get().stream().findFirst().orElse("");
    return Answer.Value.of(Datum.of(found));
  }

  private interface Calculation {
    long apply(long value);
  }

  private List<Answer> numbers(Operand base, Trial trial, Calculation calculation) {
    return all(base, trial).stream().map(answer -> calculated(answer, calculation)).toList();
  }

  /** Addresses of IPv4 are numbers as well; what is none can't be calculated with. */
  private static Answer calculated(Answer answer, Calculation calculation) {
    if (!(answer instanceof Answer.Value value) || value.parts().size() != 1) {
      return answer;
    }
    return switch (value.parts().getFirst()) {
      case Datum.Whole(long number) -> value.with(Datum.of(calculation.apply(number)));
      case Datum.Address(IpAddress address) when address.isIpv4() -> {
        long number = address.lowInt() & UNSIGNED;
        yield value.with(Datum.of(IpAddress.ofIpv4((int) calculation.apply(number))));
      }
      case Datum other ->
          new Answer.Unknown(answer.share(), "a calculation with " + other, Optional.empty());
    };
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
      List<Source> grounds = new ArrayList<>(first.grounds());
      grounds.addAll(second.grounds());
      return new Answer.Value(share, parts, Optional.empty(), grounds);
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
      Judgement missing = sets.notShown(mapped.map());
      return new Answer.Unknown(key.share(), missing.unknown().orElse(""), missing.assumption());
    }
    Optional<Element> element = map.get().find(key.parts());
    if (element.isEmpty() && map.get().coverage() != Coverage.COMPLETE) {
      return new Answer.Unknown(
          key.share(), "the elements of " + map.get().name(), Optional.empty());
    }
    return element
        .<Answer>map(found -> found(key, found))
        .orElseGet(() -> new Answer.Absent(key.share()));
  }

  private static Answer found(Answer.Value key, Element element) {
    List<Source> grounds = new ArrayList<>(key.grounds());
    element.source().ifPresent(grounds::add);
    return new Answer.Value(key.share(), element.data(), element.verdict(), grounds);
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
