package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.model.openflow.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The actions of a flow or bucket (ovs-actions(7)). One that can't be read becomes {@link
 * FlowAction.Unknown}: only packets that reach it are affected.
 */
final class ActionText {
  /** How deep actions may stand in each other. */
  private static final int DEEPEST = 16;

  /** What doesn't change where a packet goes, or what it is. */
  private static final Set<String> ASIDE =
      Set.of(
          "set_queue", "pop_queue", "note", "sample", "fin_timeout", "debug_slow", "debug_recirc");

  private ActionText() {}

  /** The actions behind {@code actions=}; none for {@code drop} or an empty list. */
  static List<FlowAction> parse(String text) {
    return parse(text, 0);
  }

  static List<FlowAction> parse(String text, int depth) {
    if (depth > DEEPEST) {
      return List.of(new FlowAction.Unknown(text));
    }
    List<FlowAction> actions = new ArrayList<>();
    for (String part : Split.at(text, ',')) {
      if (!part.isEmpty() && !part.equals("drop")) {
        actions.add(action(part, depth));
      }
    }
    return actions;
  }

  private static FlowAction action(String text, int depth) {
    if (text.startsWith("\"")) {
      return FlowAction.Output.to(TargetText.port(text));
    }
    int end = 0;
    while (end < text.length() && isNamePart(text.charAt(end))) {
      end++;
    }
    String name = text.substring(0, end).toLowerCase(Locale.ROOT);
    String rest = text.substring(end);
    Optional<FlowAction> parsed =
        rest.startsWith("(")
            ? withParentheses(name, rest, depth)
            : plain(name, rest.isEmpty() ? "" : rest.substring(1), rest.isEmpty());
    return parsed.orElse(new FlowAction.Unknown(text));
  }

  private static boolean isNamePart(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '-';
  }

  /** {@code name:argument} or {@code name}. */
  private static Optional<FlowAction> plain(String name, String argument, boolean bare) {
    if (ASIDE.contains(name)) {
      return Optional.of(new FlowAction.Aside(bare ? name : name + ":" + argument));
    }
    return switch (name) {
      case "output" -> output(argument);
      case "enqueue" -> enqueue(Split.at(argument, ':'));
      case "controller" -> Optional.of(new FlowAction.Controller(argument));
      case "group" -> Numbers.number(argument).map(FlowAction.ToGroup::new);
      case "meter" -> Numbers.number(argument).map(FlowAction.Meter::new);
      case "goto_table" -> TargetText.table(argument).map(FlowAction.GotoTable::new);
      case "resubmit" ->
          Optional.of(
              new FlowAction.Resubmit(
                  Optional.of(TargetText.port(argument)), Optional.empty(), false));
      case "load" -> FieldActionText.load(argument);
      case "move" -> FieldActionText.move(argument);
      case "set_field" -> FieldActionText.setField(argument);
      case "push" -> FieldNames.part(argument).map(FlowAction.Push::new);
      case "pop" -> FieldNames.part(argument).map(FlowAction.Pop::new);
      case "delete_field" -> FieldNames.field(argument).map(FlowAction.DeleteField::new);
      case "push_vlan" -> Numbers.unsigned(argument).map(FlowAction.PushVlan::new);
      case "push_mpls" -> Numbers.unsigned(argument).map(FlowAction.PushMpls::new);
      case "pop_mpls" -> Numbers.unsigned(argument).map(FlowAction.PopMpls::new);
      case "pop_vlan", "strip_vlan" -> Optional.of(new FlowAction.PopVlan());
      case "dec_ttl" -> Optional.of(new FlowAction.DecrementTtl());
      case "dec_mpls_ttl" -> Optional.of(new FlowAction.DecrementMplsTtl());
      case "ct_clear" -> Optional.of(new FlowAction.ClearTracking());
      case "ct" -> Optional.of(TrackText.parse("", 0));
      case "clear_actions" -> Optional.of(new FlowAction.ClearActions());
      case "write_metadata" -> FieldActionText.masked(FlowFields.METADATA, argument);
      case "exit" -> Optional.of(new FlowAction.Exit());
      default ->
          FieldActionText.older(name, argument).or(() -> bare ? bare(name) : Optional.empty());
    };
  }

  /** A port alone is an output to it. */
  private static Optional<FlowAction> bare(String name) {
    Integer reserved = PortId.RESERVED.get(name.toUpperCase(Locale.ROOT));
    if (reserved != null) {
      return reserved == PortId.CONTROLLER
          ? Optional.of(new FlowAction.Controller(""))
          : Optional.of(FlowAction.Output.to(PortId.of(reserved)));
    }
    int number = Numbers.decimal(name);
    return number < 0 ? Optional.empty() : Optional.of(FlowAction.Output.to(TargetText.port(name)));
  }

  /** {@code name(arguments)} and what may stand behind it. */
  private static Optional<FlowAction> withParentheses(String name, String text, int depth) {
    int close = text.lastIndexOf(')');
    if (close < 0) {
      return Optional.empty();
    }
    String inside = text.substring(1, close);
    String behind = text.substring(close + 1);
    if (!behind.isEmpty() && !name.equals("check_pkt_larger")) {
      return Optional.empty();
    }
    if (ASIDE.contains(name)) {
      return Optional.of(new FlowAction.Aside(name + "(" + inside + ")"));
    }
    return switch (name) {
      case "output" -> truncated(inside);
      case "enqueue" -> enqueue(Split.at(inside, ','));
      case "controller" -> Optional.of(new FlowAction.Controller(inside));
      case "resubmit" -> resubmit(Split.at(inside, ','));
      case "ct" -> Optional.of(TrackText.parse(inside, depth));
      case "learn" -> LearnText.parse(inside);
      case "conjunction" -> conjunction(inside);
      case "clone" -> Optional.of(new FlowAction.Clone(parse(inside, depth + 1)));
      case "write_actions" -> Optional.of(new FlowAction.WriteActions(parse(inside, depth + 1)));
      case "dec_ttl" -> Optional.of(new FlowAction.DecrementTtl());
      case "set_mpls_label", "set_mpls_tc", "set_mpls_ttl" -> FieldActionText.older(name, inside);
      case "check_pkt_larger" -> larger(inside, behind);
      case "multipath" -> ChoiceText.multipath(inside);
      case "bundle", "bundle_load" -> ChoiceText.bundle(inside, name.equals("bundle_load"));
      default -> Optional.empty();
    };
  }

  private static Optional<FlowAction> output(String argument) {
    Optional<SubField> field = FieldNames.part(argument);
    boolean byField = field.isPresent() && (argument.endsWith("]") || !isPort(argument));
    if (byField) {
      return field.map(FlowAction.OutputField::new);
    }
    if (argument.isEmpty()) {
      return Optional.empty();
    }
    PortId port = TargetText.port(argument);
    return port.known().equals(OptionalInt.of(PortId.CONTROLLER))
        ? Optional.of(new FlowAction.Controller(""))
        : Optional.of(FlowAction.Output.to(port));
  }

  private static boolean isPort(String argument) {
    return PortId.RESERVED.containsKey(argument.toUpperCase(Locale.ROOT));
  }

  private static Optional<FlowAction> truncated(String inside) {
    String port = Arguments.value(inside, "port");
    int length = Numbers.decimal(Arguments.value(inside, "max_len"));
    return port.isEmpty() || length < 0
        ? Optional.empty()
        : Optional.of(new FlowAction.Output(TargetText.port(port), OptionalInt.of(length)));
  }

  private static Optional<FlowAction> enqueue(List<String> parts) {
    return parts.size() == 2
        ? Numbers.number(parts.get(1))
            .map(queue -> new FlowAction.Enqueue(TargetText.port(parts.get(0)), queue))
        : Optional.empty();
  }

  private static Optional<FlowAction> resubmit(List<String> parts) {
    boolean tracked = parts.size() == 3 && parts.get(2).equals("ct");
    if (parts.size() < 2 || (parts.size() > 2 && !tracked)) {
      return Optional.empty();
    }
    Optional<PortId> port =
        parts.get(0).isEmpty() || parts.get(0).equalsIgnoreCase("in_port")
            ? Optional.empty()
            : Optional.of(TargetText.port(parts.get(0)));
    Optional<TableId> table = TargetText.table(parts.get(1));
    return parts.get(1).isEmpty() || table.isPresent()
        ? Optional.of(new FlowAction.Resubmit(port, table, tracked))
        : Optional.empty();
  }

  private static Optional<FlowAction> conjunction(String inside) {
    List<String> parts = Split.at(inside, ',');
    List<String> clause = parts.size() == 2 ? Split.at(parts.get(1), '/') : List.of();
    if (clause.size() != 2) {
      return Optional.empty();
    }
    int number = Numbers.decimal(clause.get(0));
    int count = Numbers.decimal(clause.get(1));
    boolean valid = number >= 1 && count >= 2 && number <= count && count <= 64;
    return valid
        ? Numbers.number(parts.get(0)).map(id -> new FlowAction.Conjunction(id, number, count))
        : Optional.empty();
  }

  private static Optional<FlowAction> larger(String inside, String behind) {
    int size = Numbers.decimal(inside);
    return size >= 0 && behind.startsWith("->")
        ? FieldNames.part(behind.substring(2))
            .filter(bit -> bit.width() == 1)
            .map(bit -> new FlowAction.CheckPacketLarger(size, bit))
        : Optional.empty();
  }
}
