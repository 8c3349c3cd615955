package io.packetwalk.read.assemble;

import io.packetwalk.model.Coverage;
import io.packetwalk.model.Listing;
import io.packetwalk.model.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/** How a listing changes when the same table is shown again. */
final class ListingFold {
  /** So that a table that was shown thousands of times costs no more than one shown often. */
  private static final int MOST_REMEMBERED = 32;

  private ListingFold() {}

  /** A complete listing replaces the earlier one, a partial one is laid over it. */
  static <T> Listing<T> over(Listing<T> earlier, Listing<T> later, Function<T, Object> key) {
    return over(earlier, later, key, entry -> true, (old, shown) -> shown);
  }

  /**
   * The same for a command that shows only entries in a scope.
   *
   * @param inScope the entries that the command would have shown
   * @param merge makes one entry of an earlier and a later one of the same key
   */
  static <T> Listing<T> over(
      Listing<T> earlier,
      Listing<T> later,
      Function<T, Object> key,
      Predicate<T> inScope,
      BinaryOperator<T> merge) {
    if (later.isUnknown()) {
      return earlier;
    }
    if (earlier.entries().isEmpty()) {
      return new Listing<>(
          Coverage.PARTIAL, later.entries(), seen(earlier.seenAt(), later.seenAt()));
    }
    Map<Object, T> entries = new LinkedHashMap<>();
    Map<Object, T> known = new LinkedHashMap<>();
    for (T entry : earlier.entries()) {
      known.putIfAbsent(key.apply(entry), entry);
      if (!later.isComplete() || !inScope.test(entry)) {
        entries.put(key.apply(entry), entry);
      }
    }
    List<T> repeated = new ArrayList<>();
    for (T entry : later.entries()) {
      Object name = key.apply(entry);
      T old = known.remove(name);
      T shown = old == null ? entry : merge.apply(old, entry);
      if (old == null && entries.containsKey(name)) {
        repeated.add(entry);
      } else {
        entries.put(name, shown);
      }
    }
    List<T> all = new ArrayList<>(entries.values());
    all.addAll(repeated);
    return new Listing<>(Coverage.PARTIAL, all, seen(earlier.seenAt(), later.seenAt()));
  }

  static <T> Listing<T> covering(Listing<T> listing, boolean complete) {
    return listing.isUnknown()
        ? listing
        : new Listing<>(
            complete ? Coverage.COMPLETE : Coverage.PARTIAL, listing.entries(), listing.seenAt());
  }

  /** Both listings' command lines; of many, the latest. */
  static List<Source> seen(List<Source> earlier, List<Source> later) {
    List<Source> seen = new ArrayList<>(earlier);
    for (Source source : later) {
      if (!seen.contains(source)) {
        seen.add(source);
      }
    }
    return List.copyOf(seen.subList(Math.max(0, seen.size() - MOST_REMEMBERED), seen.size()));
  }
}
