package io.packetwalk.walk.plugin;

import io.packetwalk.model.openflow.Bits;
import io.packetwalk.model.openflow.FlowAction;
import io.packetwalk.model.openflow.FlowFields;
import io.packetwalk.model.openflow.SubField;
import java.util.List;

/**
 * The registers and marks of Antrea's pipeline, and what it keeps in their bits (Antrea's
 * pkg/agent/openflow/fields.go; the releases with fixed tables had others).
 */
final class AntreaRegisters {
  /** Some bits, and what they say. */
  private record Part(SubField bits, String meaning) {}

  private static final List<Part> OLD =
      List.of(
          register(0, 0, 16, "source"),
          register(0, 16, 1, "output port known"),
          register(0, 17, 1, "SNAT needed"),
          register(0, 18, 1, "hairpin"),
          register(0, 19, 1, "MAC addresses to be rewritten"),
          register(0, 20, 1, "denied"),
          register(1, 0, 32, "output port"),
          register(3, 0, 32, "endpoint's address"),
          register(4, 0, 16, "endpoint's port"),
          register(4, 16, 3, "state of the choice of an endpoint"),
          register(5, 0, 32, "egress rule"),
          register(6, 0, 32, "ingress rule"),
          register(7, 0, 32, "Service's group"));

  private static final List<Part> NEW =
      List.of(
          register(0, 0, 4, "source"),
          register(0, 4, 4, "destination"),
          register(0, 9, 1, "MAC addresses to be rewritten"),
          register(0, 10, 1, "denied"),
          register(0, 11, 2, "what the rule does"),
          register(0, 14, 1, "Service without endpoints"),
          register(0, 19, 1, "SNAT at another node"),
          register(0, 21, 2, "output to the port or the controller"),
          register(1, 0, 32, "output port"),
          register(3, 0, 32, "endpoint's address, or the rule that denied"),
          register(4, 0, 16, "endpoint's port"),
          register(4, 16, 3, "state of the choice of an endpoint"),
          register(4, 19, 1, "for a NodePort"),
          register(4, 20, 1, "pod of flexible IPAM"),
          register(4, 21, 1, "for a Service's external address"),
          register(4, 22, 2, "what traffic control does"),
          register(4, 24, 1, "for a Service behind a Service"),
          register(4, 25, 1, "its endpoint answers directly"),
          register(4, 26, 1, "endpoint on another node"),
          register(4, 27, 1, "from outside the cluster"),
          register(4, 28, 1, "from this node"),
          register(5, 0, 32, "egress rule"),
          register(6, 0, 32, "ingress rule"),
          register(7, 0, 32, "Service's group"),
          register(8, 0, 16, "zone of the connection tracker"),
          register(9, 0, 32, "port of traffic control"));

  private AntreaRegisters() {}

  private static Part register(int number, int first, int width, String meaning) {
    return new Part(new SubField(FlowFields.register(number), first, width), meaning);
  }

  /** {@code reg0[0..15] = 0x2 (source)}; empty for bits whose meaning isn't known. */
  static String written(FlowAction.SetField set, boolean old) {
    StringBuilder text = new StringBuilder();
    Bits left = set.mask();
    for (Part part : old ? OLD : NEW) {
      Bits mask = part.bits().mask();
      if (part.bits().field().equals(set.field()) && !set.mask().and(mask).isZero()) {
        Bits value = set.value().and(mask).shiftedRight(part.bits().first());
        text.append(text.isEmpty() ? "" : ", ")
            .append("%s = %s (%s)".formatted(part.bits(), value, part.meaning()));
        left = left.and(mask.not());
      }
    }
    return left.isZero() ? text.toString() : "";
  }
}
