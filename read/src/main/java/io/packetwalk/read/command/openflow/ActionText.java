package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FieldFormat;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.model.openflow.TableId;
import io.packetwalk.wire.IpAddress;
import io.packetwalk.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The actions of a flow or bucket (ovs-actions(7)). One that can't be read becomes {@link
 * FlowAction.Unknown}: only packets that reach it are affected.
 */
final class ActionText {
  /** How deep actions may stand in each other. */
  private static final int DEEPEST = 16;

  private static final int VLAN_PRESENT = 0x1000;

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
      return FlowAction.Output.to(port(text));
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
      case "group" -> number(argument).map(FlowAction.ToGroup::new);
      case "meter" -> number(argument).map(FlowAction.Meter::new);
      case "goto_table" -> table(argument).map(FlowAction.GotoTable::new);
      case "resubmit" ->
          Optional.of(
              new FlowAction.Resubmit(Optional.of(port(argument)), Optional.empty(), false));
      case "load" -> load(argument);
      case "move" -> move(argument);
      case "set_field" -> setField(argument);
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
      case "write_metadata" -> masked(FlowFields.METADATA, argument);
      case "exit" -> Optional.of(new FlowAction.Exit());
      default -> older(name, argument).or(() -> bare ? bare(name) : Optional.empty());
    };
  }

  /** OpenFlow 1.0's actions on single fields. */
  private static Optional<FlowAction> older(String name, String argument) {
    return switch (name) {
      case "mod_dl_src" -> mac(FlowFields.ETH_SRC, argument);
      case "mod_dl_dst" -> mac(FlowFields.ETH_DST, argument);
      case "mod_nw_src" -> masked(FlowFields.NW_SRC, argument);
      case "mod_nw_dst" -> masked(FlowFields.NW_DST, argument);
      case "mod_nw_tos" ->
          number(argument)
              .map(tos ->
                  new FlowAction.SetField(FlowFields.NW_TOS_BYTE, Bits.of(tos), Bits.of(0xfc)));
      case "mod_nw_ecn" -> masked(FlowFields.NW_ECN, argument);
      case "mod_nw_ttl" -> masked(FlowFields.NW_TTL, argument);
      case "mod_tp_src", "mod_tp_dst" -> transport(name.endsWith("src"), argument);
      case "mod_vlan_vid", "set_vlan_vid" -> vlan(argument, 0xfff, 0);
      case "mod_vlan_pcp", "set_vlan_pcp" -> vlan(argument, 7, 13);
      case "set_tunnel", "set_tunnel64" -> masked(FlowFields.TUN_ID, argument);
      case "set_mpls_label" -> masked(FlowFields.MPLS_LABEL, argument);
      case "set_mpls_tc" -> masked(FlowFields.MPLS_TC, argument);
      case "set_mpls_ttl" -> masked(FlowFields.MPLS_TTL, argument);
      default -> Optional.empty();
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
    return number < 0 ? Optional.empty() : Optional.of(FlowAction.Output.to(port(name)));
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
      case "set_mpls_label", "set_mpls_tc", "set_mpls_ttl" -> older(name, inside);
      case "check_pkt_larger" -> larger(inside, behind);
      case "multipath" -> ChoiceText.multipath(inside);
      case "bundle", "bundle_load" -> ChoiceText.bundle(inside, name.equals("bundle_load"));
      default -> Optional.empty();
    };
  }

  static PortId port(String text) {
    String name = Split.unquoted(text);
    if (!text.startsWith("\"")) {
      Integer reserved = PortId.RESERVED.get(name.toUpperCase(Locale.ROOT));
      if (reserved != null) {
        return PortId.of(reserved);
      }
      OptionalLong number = Numbers.parse(name);
      if (number.isPresent() && number.getAsLong() >>> 32 == 0) {
        long value = number.getAsLong();
        boolean old = value >= 0xff00 && value <= 0xffff;
        return PortId.of((int) (old ? 0xffff_0000L | value : value));
      }
    }
    return PortId.of(name);
  }

  /** A table's number or name. */
  static Optional<TableId> table(String text) {
    String name = Split.unquoted(text);
    int number = text.startsWith("\"") ? -1 : Numbers.decimal(name);
    if (number > 255 || name.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(number >= 0 ? TableId.of(number) : TableId.of(name));
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
    PortId port = port(argument);
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
        : Optional.of(new FlowAction.Output(port(port), OptionalInt.of(length)));
  }

  private static Optional<FlowAction> enqueue(List<String> parts) {
    return parts.size() == 2
        ? number(parts.get(1)).map(queue -> new FlowAction.Enqueue(port(parts.get(0)), queue))
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
            : Optional.of(port(parts.get(0)));
    Optional<TableId> table = table(parts.get(1));
    return parts.get(1).isEmpty() || table.isPresent()
        ? Optional.of(new FlowAction.Resubmit(port, table, tracked))
        : Optional.empty();
  }

  /** {@code 0x2->NXM_NX_REG0[0..15]}: a number, placed at the bits' beginning. */
  private static Optional<FlowAction> load(String argument) {
    int arrow = argument.indexOf("->");
    if (arrow < 0) {
      return Optional.empty();
    }
    Optional<SubField> to = FieldNames.part(argument.substring(arrow + 2));
    String value = argument.substring(0, arrow);
    return to.flatMap(part -> loaded(part, value));
  }

  private static Optional<FlowAction> loaded(SubField to, String value) {
    boolean oldPort = to.field().equals(FlowFields.IN_PORT) && to.first() == 0 && to.width() == 16;
    if (oldPort) {
      return masked(to.field(), value);
    }
    Optional<Bits> bits = Numbers.bits(value);
    if (bits.isEmpty() && to.width() == to.field().width()) {
      bits = FieldText.parse(to.field(), value).map(FieldText::value);
    }
    boolean named = bits.isEmpty() && to.field().format() == FieldFormat.PORT;
    if (named) {
      return Optional.of(new FlowAction.SetPort(to, Split.unquoted(value)));
    }
    return bits.filter(number -> number.and(Bits.ones(to.width()).not()).isZero())
        .map(number ->
            new FlowAction.SetField(to.field(), number.shiftedLeft(to.first()), to.mask()));
  }

  private static Optional<FlowAction> move(String argument) {
    int arrow = argument.indexOf("->");
    if (arrow < 0) {
      return Optional.empty();
    }
    Optional<SubField> from = FieldNames.part(argument.substring(0, arrow));
    Optional<SubField> to = FieldNames.part(argument.substring(arrow + 2));
    return from.flatMap(source ->
        to.filter(target -> target.width() == source.width())
            .map(target -> new FlowAction.Move(source, target)));
  }

  /** {@code VALUE/MASK->FIELD}, both at the field's own place; or, for parts of it, as load. */
  private static Optional<FlowAction> setField(String argument) {
    int arrow = argument.indexOf("->");
    if (arrow < 0) {
      return Optional.empty();
    }
    String target = argument.substring(arrow + 2);
    String value = argument.substring(0, arrow);
    if (target.indexOf('[') >= 0) {
      return load(argument);
    }
    Optional<FlowField> field = FieldNames.field(target);
    if (field.isEmpty()) {
      return Optional.empty();
    }
    Optional<FlowAction> set = masked(field.get(), value);
    boolean named = set.isEmpty() && field.get().format() == FieldFormat.PORT;
    return named
        ? Optional.of(new FlowAction.SetPort(SubField.whole(field.get()), Split.unquoted(value)))
        : set;
  }

  private static Optional<FlowAction> masked(FlowField field, String value) {
    return FieldText.parse(field, value)
        .map(text -> new FlowAction.SetField(field, text.value(), text.mask()));
  }

  private static Optional<FlowAction> mac(FlowField field, String text) {
    return MacAddress.parse(text)
        .map(mac -> new FlowAction.SetField(field, Bits.of(mac.bits()), field.ones()));
  }

  private static Optional<FlowAction> transport(boolean source, String argument) {
    int port = Numbers.decimal(argument);
    return port < 0 || port > 0xffff
        ? Optional.empty()
        : Optional.of(new FlowAction.SetTransportPort(source, port));
  }

  private static Optional<FlowAction> vlan(String argument, int ones, int shift) {
    OptionalLong number = Numbers.parse(argument);
    if (number.isEmpty() || number.getAsLong() < 0 || number.getAsLong() > ones) {
      return Optional.empty();
    }
    return Optional.of(
        new FlowAction.SetField(
            FlowFields.VLAN_TCI,
            Bits.of((number.getAsLong() << shift) | VLAN_PRESENT),
            Bits.of(((long) ones << shift) | VLAN_PRESENT),
            true));
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
        ? number(parts.get(0)).map(id -> new FlowAction.Conjunction(id, number, count))
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

  static Optional<Long> number(String text) {
    OptionalLong number = Numbers.parse(text);
    return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
  }

  static Optional<IpAddress> address(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    return IpAddress.parse(bracketed ? text.substring(1, text.length() - 1) : text);
  }
}
