package io.packetwalk.model.openflow;

import java.util.OptionalInt;

/**
 * A flow table as a dump calls it: by number, or by the name that its controller gave it.
 *
 * @param number 0 to 254; empty when only the name was shown
 * @param name empty when only the number was shown
 */
public record TableId(OptionalInt number, String name) implements Comparable<TableId> {
  public static TableId of(int number) {
    return new TableId(OptionalInt.of(number), "");
  }

  public static TableId of(String name) {
    return new TableId(OptionalInt.empty(), name);
  }

  /** Tables with numbers first, in their order. */
  @Override
  public int compareTo(TableId other) {
    int mine = number.orElse(Integer.MAX_VALUE);
    int byNumber = Integer.compare(mine, other.number.orElse(Integer.MAX_VALUE));
    return byNumber != 0 ? byNumber : name.compareTo(other.name);
  }

  /** {@code 31}, {@code ServiceLB}, or {@code 31 (ServiceLB)}. */
  @Override
  public String toString() {
    if (number.isEmpty()) {
      return name;
    }
    return number.getAsInt() + (name.isEmpty() ? "" : " (" + name + ")");
  }
}
