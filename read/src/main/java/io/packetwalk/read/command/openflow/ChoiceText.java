package io.packetwalk.read.command.openflow;

import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.PortId;
import io.packetwalk.model.openflow.SubField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The actions that choose one of several: {@code multipath}, {@code bundle}. */
final class ChoiceText {
  private ChoiceText() {}

  /** {@code fields, basis, algorithm, n_links, arg, dst}. */
  static Optional<FlowAction> multipath(String inside) {
    List<String> parts = Split.at(inside, ',');
    int links = parts.size() == 6 ? Numbers.decimal(parts.get(3)) : -1;
    return links < 1
        ? Optional.empty()
        : FieldNames.part(parts.get(5)).map(to -> new FlowAction.Multipath(links, to, inside));
  }

  /** {@code fields, basis, algorithm, ofport, [dst,] members:1,2}. */
  static Optional<FlowAction> bundle(String inside, boolean loads) {
    int members = Math.max(inside.indexOf("members:"), inside.indexOf("slaves:"));
    if (members < 0) {
      return Optional.empty();
    }
    List<String> head = Split.at(inside.substring(0, members), ',');
    List<PortId> ports = new ArrayList<>();
    for (String port : Split.at(inside.substring(inside.indexOf(':', members) + 1), ',')) {
      if (!port.isEmpty()) {
        ports.add(TargetText.port(port));
      }
    }
    Optional<SubField> to =
        loads && head.size() > 4 ? FieldNames.part(head.get(4)) : Optional.empty();
    boolean valid = head.size() >= 4 && to.isPresent() == loads;
    return valid
        ? Optional.of(new FlowAction.Bundle(head.get(2).equals("hrw"), ports, to, inside))
        : Optional.empty();
  }
}
