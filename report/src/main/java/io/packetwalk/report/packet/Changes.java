package io.packetwalk.report.packet;

import io.packetwalk.wire.layer.Ethernet;
import io.packetwalk.wire.layer.Packet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The differences between a packet before and after a step.
 *
 * <p>Headers are matched from the inside out as long as their kinds agree, then from the outside
 * in; what is left between was added or removed.
 */
public final class Changes {
  private final List<Header> before;
  private final List<Header> after;
  private final List<Change> changes = new ArrayList<>();

  private Changes(List<Header> before, List<Header> after) {
    this.before = before;
    this.after = after;
  }

  /**
   * In the order of the headers, outermost first. That a link-layer header alone is taken off isn't
   * counted: every stack does it.
   *
   * @param deviceBefore where the packet was: only on {@code lo} is an all-zero MAC address real
   * @param deviceAfter where it is afterwards
   */
  public static List<Change> between(
      Packet before, String deviceBefore, Packet after, String deviceAfter) {
    Packet comparable =
        before.outermost() instanceof Ethernet && !isFramed(after) && before.layers().size() > 1
            ? before.without(1)
            : before;
    return new Changes(Headers.of(comparable, deviceBefore), Headers.of(after, deviceAfter)).list();
  }

  private static boolean isFramed(Packet packet) {
    return packet.outermost() instanceof Ethernet;
  }

  private List<Change> list() {
    int inner = 0;
    int common = Math.min(before.size(), after.size());
    while (inner < common && sameKind(before.size() - 1 - inner, after.size() - 1 - inner)) {
      inner++;
    }
    int outer = 0;
    while (outer < common - inner && sameKind(outer, outer)) {
      outer++;
    }
    for (int index = 0; index < outer; index++) {
      compare(before.get(index), after.get(index));
    }
    before.subList(outer, before.size() - inner).forEach(gone -> add(Change.Kind.REMOVED, gone));
    after.subList(outer, after.size() - inner).forEach(come -> add(Change.Kind.ADDED, come));
    for (int index = inner; index > 0; index--) {
      compare(before.get(before.size() - index), after.get(after.size() - index));
    }
    return changes;
  }

  private boolean sameKind(int beforeIndex, int afterIndex) {
    return before.get(beforeIndex).type().equals(after.get(afterIndex).type());
  }

  private void add(Change.Kind kind, Header header) {
    changes.add(new Change(kind, FieldText.header(header)));
  }

  private void compare(Header old, Header changed) {
    List<String> differences = new ArrayList<>();
    for (Field field : changed.fields()) {
      Optional<Field> earlier =
          old.fields().stream().filter(other -> other.name().equals(field.name())).findFirst();
      boolean differs = earlier.isPresent() && !earlier.orElseThrow().equals(field);
      if (differs && !FieldText.isRepetition(changed, field)) {
        differences.add(
            FieldText.name(field)
                + " "
                + FieldText.value(earlier.orElseThrow())
                + " → "
                + FieldText.value(field));
      }
    }
    if (!differences.isEmpty()) {
      String text = FieldText.type(changed) + "  " + String.join(", ", differences);
      changes.add(new Change(Change.Kind.CHANGED, text));
    }
  }
}
