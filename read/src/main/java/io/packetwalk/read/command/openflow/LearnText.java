package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.Flow;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowAction.Learned;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The arguments of {@code learn(…)}: settings of the new flow, its match and its actions. */
final class LearnText {
  private static final Set<String> SETTINGS =
      Set.of(
          "idle_timeout",
          "hard_timeout",
          "fin_idle_timeout",
          "fin_hard_timeout",
          "send_flow_rem",
          "delete_learned",
          "limit");

  private Optional<TableId> table = Optional.of(TableId.of(1));
  private Optional<Integer> priority = Optional.of(Flow.DEFAULT_PRIORITY);
  private Optional<Long> cookie = Optional.of(0L);
  private final List<Learned> match = new ArrayList<>();
  private final List<Learned> actions = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private Optional<SubField> result = Optional.empty();
  private boolean unreadable;

  private LearnText() {}

  static Optional<FlowAction> parse(String arguments) {
    LearnText text = new LearnText();
    Split.at(arguments, ',').forEach(text::part);
    boolean whole = text.table.isPresent() && text.priority.isPresent() && text.cookie.isPresent();
    if (text.unreadable || !whole) {
      return Optional.empty();
    }
    return Optional.of(
        new FlowAction.Learn(
            text.table.get(),
            text.priority.get(),
            text.cookie.get(),
            text.match,
            text.actions,
            text.result,
            text.options));
  }

  private void part(String part) {
    int equals = part.indexOf('=');
    String key = equals < 0 ? part : part.substring(0, equals);
    String value = equals < 0 ? "" : part.substring(equals + 1);
    if (part.isEmpty()) {
      return;
    }
    if (key.equals("table")) {
      table = TargetText.table(value);
    } else if (key.equals("priority")) {
      priority = Numbers.unsigned(value);
    } else if (key.equals("cookie")) {
      cookie = Numbers.number(value);
    } else if (key.equals("result_dst")) {
      result = FieldNames.part(value).filter(bit -> bit.width() == 1);
      unreadable |= result.isEmpty();
    } else if (SETTINGS.contains(key)) {
      options.add(part);
    } else if (part.startsWith("load:")) {
      load(part.substring(5));
    } else if (part.startsWith("output:")) {
      add(actions, FieldNames.part(part.substring(7)).map(Learned.OutputOf::new));
    } else {
      add(match, equals < 0 ? same(part) : condition(key, value));
    }
  }

  private void add(List<Learned> list, Optional<? extends Learned> learned) {
    unreadable |= learned.isEmpty();
    learned.ifPresent(list::add);
  }

  private static Optional<Learned> same(String part) {
    return FieldNames.part(part).map(field -> new Learned.FromField(field, field));
  }

  private static Optional<Learned> condition(String key, String value) {
    Optional<SubField> to = FieldNames.part(key);
    if (to.isEmpty()) {
      return Optional.empty();
    }
    return source(to.get(), value);
  }

  /** A number, or the bits of a field. */
  private static Optional<Learned> source(SubField to, String text) {
    Optional<Bits> number = Numbers.bits(text);
    if (number.isEmpty() && to.width() == to.field().width() && text.indexOf('[') < 0) {
      number = FieldText.parse(to.field(), text).map(FieldText::value);
    }
    if (number.isPresent()) {
      return number
          .filter(bits -> bits.and(Bits.ones(to.width()).not()).isZero())
          .map(bits -> new Learned.Immediate(bits, to));
    }
    return FieldNames.part(text)
        .filter(from -> from.width() == to.width())
        .map(from -> new Learned.FromField(from, to));
  }

  private void load(String argument) {
    int arrow = argument.indexOf("->");
    Optional<SubField> to =
        arrow < 0 ? Optional.empty() : FieldNames.part(argument.substring(arrow + 2));
    add(actions, to.flatMap(target -> source(target, argument.substring(0, arrow))));
  }
}
