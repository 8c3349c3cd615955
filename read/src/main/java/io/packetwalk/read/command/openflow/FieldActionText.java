package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FieldFormat;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowField;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SubField;
import io.packetwalk.wire.MacAddress;
import java.util.Optional;
import java.util.OptionalLong;

/** The actions that write fields (ovs-actions(7), "Field modification"). */
final class FieldActionText {
  private static final int VLAN_PRESENT = 0x1000;

  private FieldActionText() {}

  /** OpenFlow 1.0's actions on single fields. */
  static Optional<FlowAction> older(String name, String argument) {
    return switch (name) {
      case "mod_dl_src" -> mac(FlowFields.ETH_SRC, argument);
      case "mod_dl_dst" -> mac(FlowFields.ETH_DST, argument);
      case "mod_nw_src" -> masked(FlowFields.NW_SRC, argument);
      case "mod_nw_dst" -> masked(FlowFields.NW_DST, argument);
      case "mod_nw_tos" ->
          Numbers.number(argument)
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

  /** {@code 0x2->NXM_NX_REG0[0..15]}: a number, placed at the bits' beginning. */
  static Optional<FlowAction> load(String argument) {
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

  static Optional<FlowAction> move(String argument) {
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
  static Optional<FlowAction> setField(String argument) {
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

  static Optional<FlowAction> masked(FlowField field, String value) {
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
}
