package io.packetwalk.walk.openflow;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list that grows at its end, and of which branches share the beginning.
 *
 * @param last its last element
 * @param before what comes before; null for nothing
 */
record Chain<T>(T last, @Nullable Chain<T> before, int size) {
  static <T> Chain<T> after(@Nullable Chain<T> before, T last) {
    return new Chain<>(last, before, sizeOf(before) + 1);
  }

  static int sizeOf(@Nullable Chain<?> chain) {
    return chain == null ? 0 : chain.size();
  }

  /** The elements from the first on. */
  @SuppressWarnings("unchecked") // The array is filled with elements of that type only.
  static <T> List<T> list(@Nullable Chain<T> chain) {
    Object[] elements = new Object[sizeOf(chain)];
    for (Chain<T> at = chain; at != null; at = at.before()) {
      elements[at.size() - 1] = at.last();
    }
    return (List<T>) Arrays.asList(elements);
  }
}
